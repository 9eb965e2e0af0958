package slipway.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Writes the fields of a packet's payload, in their order: numbers in little endian, without
 * padding between them.
 *
 * <p>The payload grows up to {@link PacketFormat#LONGEST}; beyond that a field is refused with an
 * {@link IllegalArgumentException}, and so is a number that its field does not hold. Not safe for
 * use by more than one thread.
 *
 * @param <W> the writer itself
 */
public abstract sealed class PacketWriter<W extends PacketWriter<W>>
    permits PacketBuilder, SessionWriter {

  /** Null unless a packet is being written. */
  ByteBuf bytes;

  /** Where its payload begins. */
  int payload;

  PacketWriter() {}

  abstract W self();

  /** How many bytes the payload has. */
  final int length() {
    return bytes.writerIndex() - payload;
  }

  private ByteBuf room(int length) {
    if (bytes == null) {
      throw new IllegalStateException("the packet is written already");
    }
    if (length > PacketFormat.LONGEST - length()) {
      throw new IllegalArgumentException(
          "a packet of more than " + PacketFormat.LONGEST + " bytes");
    }
    return bytes;
  }

  private static int range(int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(value + ": allowed is " + least + " to " + most);
    }
    return value;
  }

  // ---- numbers ---------------------------------------------------------------------------------

  /** A signed number of one byte. */
  public final W i8(int value) {
    room(Byte.BYTES).writeByte(range(value, Byte.MIN_VALUE, Byte.MAX_VALUE));
    return self();
  }

  /** An unsigned number of one byte. */
  public final W u8(int value) {
    room(Byte.BYTES).writeByte(range(value, 0, 0xff));
    return self();
  }

  /** A signed number of two bytes. */
  public final W i16(int value) {
    room(Short.BYTES).writeShortLE(range(value, Short.MIN_VALUE, Short.MAX_VALUE));
    return self();
  }

  /** An unsigned number of two bytes. */
  public final W u16(int value) {
    room(Short.BYTES).writeShortLE(range(value, 0, 0xffff));
    return self();
  }

  /** A signed number of four bytes. */
  public final W i32(int value) {
    room(Integer.BYTES).writeIntLE(value);
    return self();
  }

  /** An unsigned number of four bytes. */
  public final W u32(long value) {
    if (value < 0 || value > 0xffff_ffffL) {
      throw new IllegalArgumentException(value + ": allowed is 0 to 4294967295");
    }
    room(Integer.BYTES).writeIntLE((int) value);
    return self();
  }

  /** A signed number of eight bytes. */
  public final W i64(long value) {
    room(Long.BYTES).writeLongLE(value);
    return self();
  }

  /** A number of four bytes as in IEEE 754. */
  public final W f32(float value) {
    return i32(Float.floatToRawIntBits(value));
  }

  /** A number of eight bytes as in IEEE 754. */
  public final W f64(double value) {
    return i64(Double.doubleToRawLongBits(value));
  }

  // ---- text and bytes --------------------------------------------------------------------------

  /** A text in UTF-8, without its length; what is no character becomes a question mark. */
  public final W utf8(CharSequence text) {
    ByteBufUtil.writeUtf8(room(ByteBufUtil.utf8Bytes(text)), text);
    return self();
  }

  /**
   * A text in an array of fixed size, as C++ on Windows has it: UTF-16 in little endian, filled up
   * with NUL.
   *
   * @param chars size of the array in units of two bytes
   * @throws IllegalArgumentException if the text is longer
   */
  public final W utf16(CharSequence text, int chars) {
    if (text.length() > chars) {
      throw new IllegalArgumentException(
          "a text of " + text.length() + " chars: allowed is up to " + chars);
    }
    ByteBuf target = room(Math.multiplyExact(chars, Character.BYTES));
    for (int i = 0; i < chars; i++) {
      target.writeShortLE(i < text.length() ? text.charAt(i) : 0);
    }
    return self();
  }

  /** Bytes, without their number. */
  public final W bytes(byte[] source) {
    room(source.length).writeBytes(source);
    return self();
  }

  /** The readable bytes of a buffer, which is not changed and stays the caller's. */
  public final W bytes(ByteBuf source) {
    int length = source.readableBytes();
    room(length).writeBytes(source, source.readerIndex(), length);
    return self();
  }

  /** What a reader has not read yet; nothing is left to be read in it then. */
  public final W bytes(PacketReader source) {
    int length = source.remaining();
    source.bytes(room(length), length);
    return self();
  }
}
