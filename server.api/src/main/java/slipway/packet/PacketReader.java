package slipway.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Reads the fields of a packet's payload, in their order: numbers in little endian, without padding
 * between them. It is valid within the call in which it is given; after that there is nothing to be
 * read from it.
 *
 * <p>If the packet does not have the field that is asked for, a {@link PacketException} with {@link
 * PacketEnd#BAD_PACKET} is thrown. A service lets it pass, and the session of the peer ends.
 *
 * <p>One reader reads one packet after the other, so nothing is allocated for a packet. Not safe
 * for use by more than one thread.
 */
public final class PacketReader {

  private ByteBuf bytes;
  private int at;
  private int to;

  /** Reads nothing yet. */
  PacketReader() {}

  /** Reads bytes, which are not to change meanwhile. */
  public static PacketReader of(byte... payload) {
    PacketReader reader = new PacketReader();
    reader.open(Unpooled.wrappedBuffer(payload), 0, payload.length);
    return reader;
  }

  /**
   * Reads a payload from now on.
   *
   * @param from index of its first byte
   * @param length in bytes
   */
  void open(ByteBuf payload, int from, int length) {
    Objects.checkFromIndexSize(from, length, payload.capacity());
    bytes = payload;
    at = from;
    to = from + length;
  }

  /** Reads nothing from now on. */
  void close() {
    bytes = null;
    to = at;
  }

  /** How many bytes have not been read yet. */
  public int remaining() {
    return to - at;
  }

  private int take(int length) {
    if (length > to - at || length < 0) {
      throw PacketException.BAD_PACKET;
    }
    int from = at;
    at += length;
    return from;
  }

  // ---- numbers ---------------------------------------------------------------------------------

  /** A signed number of one byte. */
  public byte i8() {
    int from = take(Byte.BYTES);
    return bytes.getByte(from);
  }

  /** An unsigned number of one byte. */
  public int u8() {
    int from = take(Byte.BYTES);
    return bytes.getUnsignedByte(from);
  }

  /** A signed number of two bytes. */
  public short i16() {
    int from = take(Short.BYTES);
    return bytes.getShortLE(from);
  }

  /** An unsigned number of two bytes. */
  public int u16() {
    int from = take(Short.BYTES);
    return bytes.getUnsignedShortLE(from);
  }

  /** A signed number of four bytes. */
  public int i32() {
    int from = take(Integer.BYTES);
    return bytes.getIntLE(from);
  }

  /** An unsigned number of four bytes. */
  public long u32() {
    int from = take(Integer.BYTES);
    return bytes.getUnsignedIntLE(from);
  }

  /** A signed number of eight bytes. */
  public long i64() {
    int from = take(Long.BYTES);
    return bytes.getLongLE(from);
  }

  /** A number of four bytes as in IEEE 754. */
  public float f32() {
    return Float.intBitsToFloat(i32());
  }

  /** A number of eight bytes as in IEEE 754. */
  public double f64() {
    return Double.longBitsToDouble(i64());
  }

  // ---- text and bytes --------------------------------------------------------------------------

  /**
   * A text in UTF-8.
   *
   * @param length of the text in bytes, all of which belong to it
   * @throws PacketException if it is not well-formed UTF-8, too
   */
  public String utf8(int length) {
    int from = take(length);
    ByteBuffer text = bytes.nioBuffer(from, length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    } catch (CharacterCodingException malformed) {
      throw PacketException.BAD_PACKET;
    }
  }

  /**
   * A text in an array of fixed size, as C++ on Windows has it: UTF-16 in little endian. It ends
   * before its first NUL, or with the array.
   *
   * @param chars size of the array in units of two bytes
   */
  public String utf16(int chars) {
    if (chars < 0 || chars > PacketFormat.LONGEST) {
      throw PacketException.BAD_PACKET;
    }
    int from = take(chars * Character.BYTES);
    int length = 0;
    while (length < chars && bytes.getShortLE(from + length * Character.BYTES) != 0) {
      length++;
    }
    return bytes.toString(from, length * Character.BYTES, StandardCharsets.UTF_16LE);
  }

  /** Fills an array. */
  public void bytes(byte[] target) {
    bytes.getBytes(take(target.length), target);
  }

  /**
   * Appends bytes to a buffer.
   *
   * @param length how many
   */
  public void bytes(ByteBuf target, int length) {
    target.writeBytes(bytes, take(length), length);
  }

  /** The bytes that have not been read yet, which are still to be read. */
  public byte[] copy() {
    byte[] copy = new byte[remaining()];
    if (copy.length > 0) {
      bytes.getBytes(at, copy);
    }
    return copy;
  }

  /** Leaves bytes out. */
  public void skip(int length) {
    take(length);
  }

  // ---- the end ---------------------------------------------------------------------------------

  /**
   * Checks that the packet has nothing more.
   *
   * @throws PacketException if it has
   */
  public void end() {
    if (remaining() > 0) {
      throw PacketException.BAD_PACKET;
    }
  }

  /** What a service throws if a field has a value that makes no sense. */
  public PacketException bad() {
    return PacketException.BAD_PACKET;
  }

  /** What a service throws if it does not know the type of a packet. */
  public PacketException unknownType() {
    return PacketException.UNKNOWN_TYPE;
  }
}
