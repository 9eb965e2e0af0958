/**
 * Packets: messages of typed fields in little endian, as game servers and the servers behind them
 * send.
 *
 * <pre>
 *  bytes ─▸ PacketHandler ─▸ PacketInput ─▸ SessionLife ─▸ PacketService
 *               │               │ PacketCutter, PacketReader     │
 *               │               │ PacketFormat: LAN, or NET      │ session.write()
 *               │               ▼ with a PacketCodec             │ session.send(Packet)
 *  bytes ◂── Outbox ◂──── PacketOutput ◂── SessionWriter, Packet ┘ peers().send(Packet)
 *
 *  PacketHandler   stays in the pipeline as versions of the service change; PacketReceiver goes
 *  PacketSession   a peer, for the service        Packets   what the services of a host share
 *  Resumption      what a session has that outlives its connection: SentBytes, kept by the Outbox,
 *                  and what Survival passes from one connection to another
 *  PacketInbox     packets that wait for a thread of the service's own
 *  PacketClient    a service's connection to a packet server, which a PacketClientListener hears
 * </pre>
 *
 * <p>The formats are those of a school of Korean game servers of the years from 2016 on, which
 * speak to clients that are still in use.
 */
@Export
@Version("1.0.0")
package slipway.packet;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
