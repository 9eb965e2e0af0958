package slipway.server.core.watch;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Reads a heap dump of Java's from one end to the other, as it may be as large as the heap was. The
 * format is HPROF 1.0.2, as the JDK's {@code heapDumper.cpp} describes it. What refers to what is
 * passed over.
 */
final class Hprof {

  /** The primitive types by their numbers in the format, with the bytes that each takes. */
  static final String[] PRIMITIVES = {
    "", "", "", "", "boolean", "char", "float", "double", "byte", "short", "int", "long"
  };

  private static final int[] SIZES = {0, 0, 0, 0, 1, 2, 4, 8, 1, 2, 4, 8};
  private static final int REFERENCE = 2;

  /** What the virtual machine keeps in front of an object's fields, and of an array's elements. */
  private static final int HEADER = 16;

  private static final String FORMAT = "JAVA PROFILE 1.0.";
  private static final int BUFFER = 1 << 20;

  /** Is told what is in a dump, in its order; does nothing unless it says otherwise. */
  interface Visitor {

    /** Whether it has what it wants, and the rest need not be read; asked after each record. */
    default boolean isDone() {
      return false;
    }

    /** Whether the text of a name is of interest. */
    default boolean wants(long name) {
      return false;
    }

    /** One that is. */
    default void name(long name, String text) {}

    default void loaded(int serial, long type, long name) {}

    default void frame(long frame, long method, long file, int classSerial, int line) {}

    /** A stack, by its frames, the innermost first. */
    default void trace(long[] frames) {}

    /** An object, or an array of objects, with the memory that it takes. */
    default void object(long type, long bytes) {}

    /** An array of a primitive type. */
    default void primitives(int type, long bytes) {}
  }

  private final DataInputStream in;
  private final Visitor visitor;
  private final int idSize;

  private Hprof(DataInputStream in, Visitor visitor) throws IOException {
    this.in = in;
    this.visitor = visitor;
    StringBuilder format = new StringBuilder();
    for (int next = in.read(); next > 0 && format.length() < 32; next = in.read()) {
      format.append((char) next);
    }
    if (!format.toString().startsWith(FORMAT)) {
      throw new IOException("it is no heap dump of Java's");
    }
    this.idSize = in.readInt();
    if (idSize != Integer.BYTES && idSize != Long.BYTES) {
      throw new IOException("it has identifiers of " + idSize + " bytes: allowed are 4 and 8");
    }
    in.readLong(); // when it was made
  }

  /**
   * Reads a dump.
   *
   * @throws IOException if it cannot be read, is none, or is not whole
   */
  static void read(Path file, Visitor visitor) throws IOException {
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        DataInputStream in = new DataInputStream(uncompressed(bytes))) {
      Hprof dump = new Hprof(in, visitor);
      while (dump.record() && !visitor.isDone()) {
        // until its end
      }
    } catch (EOFException cut) {
      throw new IOException("it is not whole", cut);
    }
  }

  /** Java compresses a dump if it is told to. */
  private static InputStream uncompressed(InputStream in) throws IOException {
    in.mark(2);
    boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return compressed ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
  }

  /** Reads a record; false if it says that it is the last one. */
  private boolean record() throws IOException {
    int tag = in.readUnsignedByte();
    in.readInt(); // when
    long length = in.readInt() & 0xffff_ffffL;
    switch (tag) {
      case 0x01 -> name((int) length - idSize);
      case 0x02 -> loaded();
      case 0x04 -> frame();
      case 0x05 -> trace();
      case 0x0c, 0x1c -> objects(length);
      default -> skip(length);
    }
    return tag != 0x2c;
  }

  private void name(int length) throws IOException {
    long id = id();
    if (visitor.wants(id)) {
      visitor.name(id, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    } else {
      skip(length);
    }
  }

  private void loaded() throws IOException {
    int serial = in.readInt();
    long type = id();
    in.readInt();
    visitor.loaded(serial, type, id());
  }

  private void frame() throws IOException {
    long frame = id();
    long method = id();
    id(); // its signature
    visitor.frame(frame, method, id(), in.readInt(), in.readInt());
  }

  private void trace() throws IOException {
    in.readInt();
    in.readInt(); // the thread's number
    long[] frames = new long[in.readInt()];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = id();
    }
    visitor.trace(frames);
  }

  // ---- the heap --------------------------------------------------------------------------------

  private void objects(long length) throws IOException {
    long left = length;
    while (left > 0) {
      left -= Byte.BYTES + object(in.readUnsignedByte());
    }
    if (left < 0) {
      throw new IOException("it is damaged: a record ends behind its end");
    }
  }

  /** Reads an object, a class or a root; returns how many bytes that were. */
  private long object(int tag) throws IOException {
    return switch (tag) {
      case 0xff, 0x05, 0x07 -> skip(idSize);
      case 0x01 -> skip(2L * idSize);
      case 0x02, 0x03, 0x08 -> skip(idSize + 2L * Integer.BYTES);
      case 0x04, 0x06 -> skip(idSize + Integer.BYTES);
      case 0x20 -> type();
      case 0x21 -> instance();
      case 0x22 -> objectArray();
      case 0x23 -> primitiveArray();
      default -> throw new IOException("it is damaged: it has an object of the kind " + tag);
    };
  }

  private long instance() throws IOException {
    skip(idSize + Integer.BYTES);
    long type = id();
    long bytes = in.readInt() & 0xffff_ffffL;
    skip(bytes);
    visitor.object(type, HEADER + bytes);
    return 2L * idSize + 2 * Integer.BYTES + bytes;
  }

  private long objectArray() throws IOException {
    skip(idSize + Integer.BYTES);
    long bytes = (in.readInt() & 0xffff_ffffL) * idSize;
    long type = id();
    skip(bytes);
    visitor.object(type, HEADER + bytes);
    return 2L * idSize + 2 * Integer.BYTES + bytes;
  }

  private long primitiveArray() throws IOException {
    skip(idSize + Integer.BYTES);
    long count = in.readInt() & 0xffff_ffffL;
    int type = in.readUnsignedByte();
    long bytes = count * size(type);
    skip(bytes);
    visitor.primitives(type, HEADER + bytes);
    return idSize + 2L * Integer.BYTES + Byte.BYTES + bytes;
  }

  /** Its own fields, constants and statics, with what is in front of them. */
  private long type() throws IOException {
    long read = skip(7L * idSize + 2 * Integer.BYTES);
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      read += skip(Short.BYTES) + value();
    }
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      read += skip(idSize) + value();
    }
    int fields = in.readUnsignedShort();
    return read + 3 * Short.BYTES + skip((long) fields * (idSize + Byte.BYTES));
  }

  private long value() throws IOException {
    return Byte.BYTES + skip(size(in.readUnsignedByte()));
  }

  private int size(int type) throws IOException {
    int size = type == REFERENCE ? idSize : type < SIZES.length ? SIZES[type] : 0;
    if (size == 0) {
      throw new IOException("it is damaged: it has a value of the type " + type);
    }
    return size;
  }

  private long id() throws IOException {
    return idSize == Integer.BYTES ? in.readInt() & 0xffff_ffffL : in.readLong();
  }

  private long skip(long bytes) throws IOException {
    in.skipNBytes(bytes);
    return bytes;
  }
}
