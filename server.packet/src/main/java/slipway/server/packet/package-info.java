/**
 * How packets are framed, for each service and acceptor.
 *
 * <pre>
 *  slipway.packet~NAME ─▶ PacketConfiguration ─▶ PacketRules ◀── asked by Packets for each session
 *            │                                        │            = HostPackets
 *       PacketCheck                                PacketRule   of one service and acceptor
 * </pre>
 */
package slipway.server.packet;
