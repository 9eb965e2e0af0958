package slipway.server.world.park;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A world at rest. In a file, numbers are big-endian and texts as {@link DataOutputStream#writeUTF}
 * writes them:
 *
 * <pre>
 *  8 bytes  the letters SLIPWAYW
 *  u16      the format, 1
 *  text     service
 *  text     world
 *  text     version that has saved it
 *  i64      when, in milliseconds since 1970
 *  i64      number of the next frame
 *  i32      length of the state
 *  …        the state, as {@code World.save} has written it
 *  u32      CRC32C of all before
 * </pre>
 *
 * @param service the service whose world it is
 * @param world the world's name
 * @param version the version that has saved it, for people
 * @param at when it was saved, to the millisecond
 * @param frame the number of the world's next frame
 * @param state what the world has saved; not copied
 */
public record ParkedWorld(
    String service, String world, String version, Instant at, long frame, byte[] state) {

  private static final byte[] MAGIC = {'S', 'L', 'I', 'P', 'W', 'A', 'Y', 'W'};
  private static final int FORMAT = 1;

  /** The content of its file. */
  byte[] content() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(state.length + 256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(MAGIC);
      out.writeShort(FORMAT);
      out.writeUTF(service);
      out.writeUTF(world);
      out.writeUTF(version);
      out.writeLong(at.toEpochMilli());
      out.writeLong(frame);
      out.writeInt(state.length);
      out.write(state);
      out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
    }
    return bytes.toByteArray();
  }

  /**
   * Reads the content of a file.
   *
   * @throws IOException if it is none, or not whole; its message ends a sentence about the file
   */
  static ParkedWorld of(byte[] content) throws IOException {
    if (!Arrays.equals(
        content, 0, Math.min(content.length, MAGIC.length), MAGIC, 0, MAGIC.length)) {
      throw new IOException("it is no parked world");
    }
    int end = content.length - Integer.BYTES;
    if (end < MAGIC.length || ByteBuffer.wrap(content).getInt(end) != checksum(content, end)) {
      throw new IOException("it is damaged or not complete");
    }
    DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(content, MAGIC.length, end - MAGIC.length));
    int format = in.readUnsignedShort();
    if (format != FORMAT) {
      throw new IOException("it has format " + format + "; this host knows format " + FORMAT);
    }
    ParkedWorld parked =
        new ParkedWorld(
            in.readUTF(),
            in.readUTF(),
            in.readUTF(),
            Instant.ofEpochMilli(in.readLong()),
            in.readLong(),
            in.readNBytes(in.readInt()));
    if (in.available() > 0) {
      throw new IOException("it has more than it should");
    }
    return parked;
  }

  private static int checksum(byte[] content, int length) {
    CRC32C sum = new CRC32C();
    sum.update(content, 0, length);
    return (int) sum.getValue();
  }
}
