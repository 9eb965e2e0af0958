package slipway.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import slipway.packet.PacketBuilder;
import slipway.packet.PacketFormat;
import slipway.packet.PacketReader;

/**
 * A client of a service of packets, at a {@link TestHost}: sends packets, and reads those that
 * come.
 *
 * <pre>
 *  TestPeer ann = new TestPeer(host.connect(), PacketFormat.lan(2000));
 *  ann.send(TestPeer.packet(ROLL).u8(6));
 *  PacketReader rolled = ann.received().getFirst();
 * </pre>
 *
 * <p>Belongs to the thread of its host.
 *
 * @since 1.1
 */
public final class TestPeer {

  private final TestConnection connection;
  private final PacketFormat format;
  private final ByteBuf unread = Unpooled.buffer();

  /**
   * Takes a connection.
   *
   * @param format as the service has it for this connection
   */
  public TestPeer(TestConnection connection, PacketFormat format) {
    this.connection = connection;
    this.format = format;
  }

  /** Its connection: whether it is open and read, and its end. */
  public TestConnection connection() {
    return connection;
  }

  /**
   * Begins a packet that is to be sent.
   *
   * @param type 0 to 65535
   */
  public static PacketBuilder packet(int type) {
    return PacketBuilder.of(UnpooledByteBufAllocator.DEFAULT, type);
  }

  /** Sends packets, which arrive in one piece. */
  public TestPeer send(PacketBuilder... packets) {
    ByteBuf all = Unpooled.buffer();
    for (PacketBuilder packet : packets) {
      byte[] payload = packet.payload();
      int from = all.writerIndex();
      all.writeZero(format.header()).writeBytes(payload);
      format.encode(all, from, payload.length);
    }
    connection.send(ByteBufUtil.getBytes(all));
    return this;
  }

  /**
   * The packets that have come since it was asked last, each to be read from its type on. Half a
   * packet is left for the next time.
   */
  public List<PacketReader> received() {
    unread.writeBytes(connection.receivedBytes());
    List<PacketReader> packets = new ArrayList<>();
    for (int size = size(); size <= unread.readableBytes(); size = size()) {
      int from = unread.readerIndex();
      format.decode(unread, from, size);
      int header = format.header();
      packets.add(PacketReader.of(ByteBufUtil.getBytes(unread, from + header, size - header)));
      unread.skipBytes(size);
    }
    unread.discardReadBytes();
    return packets;
  }

  /** How long the next packet is with its header; longer than what there is if it is not whole. */
  private int size() {
    int size = format.size(unread, unread.readerIndex(), unread.readableBytes());
    return size == PacketFormat.UNKNOWN ? Integer.MAX_VALUE : size;
  }
}
