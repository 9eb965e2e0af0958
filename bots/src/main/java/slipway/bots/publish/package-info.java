/**
 * Clients that publish numbered packets, of which each other client has to hear every number once.
 *
 * <pre>
 *   PublishRun ─┬─▸ Pacer ─▸ PublishClient ─▸ PublishPacket
 *               │                 └─▸ PublishTally   one for each event loop
 *               ├─▸ Standing      what is not heard yet
 *               └─▸ PublishReport
 * </pre>
 */
package slipway.bots.publish;
