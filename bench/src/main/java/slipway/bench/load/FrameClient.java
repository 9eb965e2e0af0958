package slipway.bench.load;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.LongStream;
import slipway.bench.measure.Frames;

/** Tells a world of {@code slipway.bench.world} what to do, and asks when its frames began. */
public final class FrameClient implements Closeable {

  private static final short BEGIN = 7000;
  private static final short END = 7001;
  private static final short FRAMES = 7002;
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final DataInputStream in;
  private final int fps;

  /** Connects to a world of so many frames a second, in LAN packets. */
  public FrameClient(int port, int fps) throws IOException {
    this.fps = fps;
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
  }

  /**
   * From its next frame on the world notes when they begin.
   *
   * @param most how many it notes
   * @param cpuMicros of work in each
   * @param garbageKib that is allocated in each
   */
  public void begin(int most, int cpuMicros, int garbageKib) throws IOException {
    ByteBuffer packet = packet(BEGIN, 3 * Integer.BYTES);
    socket
        .getOutputStream()
        .write(packet.putInt(most).putInt(cpuMicros).putInt(garbageKib).array());
  }

  /** Ends that; the world does nothing in its frames any more. */
  public Frames end() throws IOException {
    socket.getOutputStream().write(packet(END, 0).array());
    LongStream.Builder numbers = LongStream.builder();
    LongStream.Builder nanos = LongStream.builder();
    for (ByteBuffer part = read(); part.hasRemaining(); part = read()) {
      while (part.hasRemaining()) {
        numbers.add(part.getLong());
        nanos.add(part.getLong());
      }
    }
    return new Frames(fps, numbers.build().toArray(), nanos.build().toArray());
  }

  private static ByteBuffer packet(short type, int fields) {
    return ByteBuffer.allocate(2 * Short.BYTES + fields)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) (Short.BYTES + fields))
        .putShort(type);
  }

  /** What is noted in the next packet. */
  private ByteBuffer read() throws IOException {
    byte[] bytes = new byte[Short.toUnsignedInt(Short.reverseBytes(in.readShort()))];
    in.readFully(bytes);
    ByteBuffer packet = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (packet.getShort() != FRAMES || packet.getShort() * 2 * Long.BYTES != packet.remaining()) {
      throw new EOFException("the world has answered something else");
    }
    return packet;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
