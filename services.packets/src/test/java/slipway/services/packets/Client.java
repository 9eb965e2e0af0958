package slipway.services.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import slipway.packet.PacketFormat;
import slipway.testkit.TestConnection;

/** A peer of a packet service, at a test host. Packets are texts in hex, of their payload. */
final class Client {

  private final TestConnection connection;
  private final PacketFormat format;
  private final ByteBuf unread = Unpooled.buffer();

  Client(TestConnection connection, PacketFormat format) {
    this.connection = connection;
    this.format = format;
  }

  TestConnection connection() {
    return connection;
  }

  /** The bytes of packets. */
  static byte[] bytes(PacketFormat format, String... payloads) {
    ByteBuf all = Unpooled.buffer();
    for (String payload : payloads) {
      byte[] clear = HexFormat.of().parseHex(payload.replace(" ", ""));
      ByteBuf one = Unpooled.buffer().writeZero(format.header()).writeBytes(clear);
      format.encode(one, 0, clear.length);
      all.writeBytes(one);
    }
    return ByteBufUtil.getBytes(all);
  }

  /** Sends packets in one piece. */
  Client send(String... payloads) {
    connection.send(bytes(format, payloads));
    return this;
  }

  /**
   * Ends the peer's output, with a transport that says so although the connection is not read, as
   * epoll and io_uring do.
   */
  void endsOutputUnread() {
    connection
        .connection()
        .channel()
        .pipeline()
        .fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
  }

  /** The packets that have come since the last look. */
  List<String> received() {
    unread.writeBytes(connection.receivedBytes());
    return packets(format, unread);
  }

  /** Packets out of their bytes, which are whole. */
  static List<String> packets(PacketFormat format, ByteBuf bytes) {
    List<String> packets = new ArrayList<>();
    while (bytes.isReadable()) {
      int from = bytes.readerIndex();
      int size = format.size(bytes, from, bytes.readableBytes());
      if (size == PacketFormat.UNKNOWN || size > bytes.readableBytes()) {
        throw new AssertionError("half a packet: " + ByteBufUtil.hexDump(bytes));
      }
      format.decode(bytes, from, size);
      packets.add(ByteBufUtil.hexDump(bytes, from + format.header(), size - format.header()));
      bytes.skipBytes(size);
    }
    return packets;
  }
}
