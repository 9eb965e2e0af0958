/**
 * Packets: messages of typed fields in little endian, as game servers and the servers behind them
 * send.
 *
 * <pre>
 *   bytes ─▸ PacketCutter ─▸ PacketReader     in:  cut, decoded in place, read field by field
 *                 │
 *            PacketFormat                     LAN or NET; NET has a PacketCodec
 *                 │
 *   bytes ◂─── Packet ◂───── PacketWriter     out: written field by field, encoded once for all
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
