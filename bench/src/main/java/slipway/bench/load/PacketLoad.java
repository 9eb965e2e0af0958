package slipway.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Locale;

/**
 * Packets that a server echoes, some of them under way at once on each connection: they are sent in
 * one piece, and in a closed loop the next ones when all of them are back. Used by one thread.
 */
public final class PacketLoad implements Closeable {

  /** How packets are framed, and their payload disguised. */
  public enum Format {
    LAN,
    XOR2,
    CHAINED;

    private static final int CODE = 0x77;
    private static final int KEY = 0x32;
    private static final int KEY2 = 0x84;

    /** As the servers are told. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The host's configuration of it, for the service of packets. */
    public String[] configuration() {
      return this == LAN
          ? new String[] {"service = packets", "framing = lan"}
          : new String[] {
            "service = packets",
            "framing = net",
            "codec = " + word(),
            "code = " + CODE,
            "key = " + KEY,
            "key2 = " + KEY2
          };
    }

    /** A packet that is echoed. */
    byte[] packet(int payload) {
      int header = this == LAN ? 2 : 5;
      ByteBuffer packet = ByteBuffer.allocate(header + payload).order(ByteOrder.LITTLE_ENDIAN);
      if (this != LAN) {
        packet.put((byte) CODE);
      }
      packet.putShort((short) payload).position(header);
      packet.putShort((short) 5000).putLong(7).putLong(0x1122334455667788L);
      while (packet.hasRemaining()) {
        packet.put((byte) packet.position());
      }
      byte[] bytes = packet.array();
      if (this != LAN) {
        disguise(bytes);
      }
      return bytes;
    }

    private void disguise(byte[] bytes) {
      byte key = 0x31;
      for (int i = 5; i < bytes.length; i++) {
        bytes[4] += bytes[i];
      }
      bytes[3] = this == XOR2 ? (byte) (key ^ KEY ^ KEY2) : key;
      byte p = 0;
      byte e = 0;
      for (int i = 1; i < bytes.length - 3; i++) {
        p = (byte) (bytes[3 + i] ^ (p + key + i));
        e = (byte) (p ^ (e + KEY + i));
        bytes[3 + i] = this == XOR2 ? (byte) (bytes[3 + i] ^ bytes[3]) : e;
      }
    }
  }

  private final int underWay;
  private final EchoLoad load;

  /**
   * Opens the connections.
   *
   * @param server the process whose CPU time is accounted
   * @param payload length of a packet's payload in bytes, 18 or more
   * @param underWay how many packets are under way at once on each connection
   */
  public PacketLoad(
      long server, int port, Format format, int connections, int payload, int underWay)
      throws IOException {
    this.underWay = underWay;
    byte[] packet = format.packet(payload);
    ByteBuffer message = ByteBuffer.allocateDirect(underWay * packet.length);
    while (message.hasRemaining()) {
      message.put(packet);
    }
    message.flip();
    load = new EchoLoad(server, Connecting.open(port, connections, packet, packet.length), message);
  }

  /** Packets as fast as they come back. */
  public EchoLoad.Result closedLoop(Duration settle, Duration length) throws IOException {
    EchoLoad.Result batches = load.closedLoop(settle, length);
    return new EchoLoad.Result(batches.messages() * underWay, batches.account(), null);
  }

  /**
   * Packets at a rate, on one connection after the other, whether or not those before are back.
   * Latency is of each piece: until all packets that were sent in it are back.
   */
  public EchoLoad.Result openLoop(int perSecond, Duration settle, Duration length)
      throws IOException {
    EchoLoad.Result batches = load.openLoop(perSecond / underWay, settle, length);
    return new EchoLoad.Result(batches.messages() * underWay, batches.account(), batches.latency());
  }

  @Override
  public void close() throws IOException {
    load.close();
  }
}
