/**
 * Clients whose packets come back, and which check each byte of each answer.
 *
 * <pre>
 *   EchoRun ─▸ EchoClient ─┬─▸ EchoPacket   what is sent, and what has to come
 *      │     connections,  └─▸ Answers      what has come ─▸ UnderWay, in which order
 *      ▾     sending                  │
 *   EchoReport ◂──────────── EchoTally, one for each event loop
 * </pre>
 */
package slipway.bots.echo;
