/**
 * Clients whose packets come back, and which check each byte of each answer.
 *
 * <pre>
 *   EchoRun ─▸ EchoClient ─┬─▸ EchoPacket   what is sent, and what has to come
 *      │                   ├─▸ UnderWay     what is not answered yet, in its order
 *      ▾                   └─▸ EchoTally    one for each event loop
 *   EchoReport ◂─────────────────┘
 * </pre>
 */
package slipway.bots.echo;
