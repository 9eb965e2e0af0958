package slipway.itest;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A client of packets as an old one is: with its own idea of how they are framed and disguised, and
 * none of the host's code.
 */
final class PacketPeer implements AutoCloseable {

  private static final int MILLIS = 60_000;
  private static final int CODE = 0x77;
  private static final int KEY = 0x32;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final boolean net;

  /**
   * Connects.
   *
   * @param net whether packets have a header of five bytes and are chained; else they are LAN's
   */
  PacketPeer(int port, boolean net) throws IOException {
    this.net = net;
    socket.setSoTimeout(MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** Numbers in little endian, for a payload. */
  static ByteBuffer payload(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  void send(byte[]... payloads) throws IOException {
    ByteBuffer all = payload(Arrays.stream(payloads).mapToInt(each -> each.length + 5).sum());
    for (byte[] each : payloads) {
      if (net) {
        byte[] hidden = new byte[each.length + 1];
        System.arraycopy(each, 0, hidden, 1, each.length);
        for (byte one : each) {
          hidden[0] += one;
        }
        byte key = (byte) ThreadLocalRandom.current().nextInt();
        hide(hidden, key);
        all.put((byte) CODE).putShort((short) each.length).put(key).put(hidden);
      } else {
        all.putShort((short) each.length).put(each);
      }
    }
    raw(Arrays.copyOf(all.array(), all.position()));
  }

  void raw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  private static void hide(byte[] bytes, byte key) {
    byte p = 0;
    byte e = 0;
    for (int i = 1; i <= bytes.length; i++) {
      p = (byte) (bytes[i - 1] ^ (p + key + i));
      e = (byte) (p ^ (e + KEY + i));
      bytes[i - 1] = e;
    }
  }

  private static void show(byte[] bytes, byte key) {
    byte p = 0;
    byte e = 0;
    for (int i = 1; i <= bytes.length; i++) {
      byte here = (byte) (bytes[i - 1] ^ (e + KEY + i));
      e = bytes[i - 1];
      bytes[i - 1] = (byte) (here ^ (p + key + i));
      p = here;
    }
  }

  /** The next packet's payload. */
  ByteBuffer next() throws IOException {
    if (!net) {
      return ByteBuffer.wrap(in.readNBytes(length())).order(ByteOrder.LITTLE_ENDIAN);
    }
    int code = in.readUnsignedByte();
    if (code != CODE) {
      throw new IOException("code " + code);
    }
    int length = length();
    byte key = in.readByte();
    byte[] hidden = in.readNBytes(length + 1);
    show(hidden, key);
    byte sum = 0;
    for (int i = 1; i < hidden.length; i++) {
      sum += hidden[i];
    }
    if (sum != hidden[0]) {
      throw new IOException("checksum " + hidden[0] + ", and not " + sum);
    }
    return ByteBuffer.wrap(Arrays.copyOfRange(hidden, 1, hidden.length))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private int length() throws IOException {
    return Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
  }

  /** Waits until the host has closed the connection. */
  void awaitClosed() throws IOException {
    try {
      while (true) {
        in.readByte();
      }
    } catch (EOFException | SocketException closed) {
      // as it should be
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
