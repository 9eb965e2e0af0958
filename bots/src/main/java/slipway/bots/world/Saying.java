package slipway.bots.world;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;

/** What players say: a text that has its number, such as {@code I say 0000000007}. */
final class Saying {

  private static final byte[] BEGINNING = "I say ".getBytes(US_ASCII);
  private static final int DIGITS = 10;
  private static final int TEN = 10;

  /** How long a text is, in bytes. */
  static final int LENGTH = BEGINNING.length + DIGITS;

  private Saying() {}

  /** Appends a text, after its length in one byte. */
  static void write(ByteBuf target, int number) {
    target.writeByte(LENGTH).writeBytes(BEGINNING);
    int at = target.writerIndex();
    target.writerIndex(at + DIGITS);
    int rest = number;
    for (int i = DIGITS - 1; i >= 0; i--) {
      target.setByte(at + i, '0' + rest % TEN);
      rest /= TEN;
    }
  }

  /**
   * Reads a text.
   *
   * @param from index of the length of the text
   * @return its number; -1 if it is none of these texts
   */
  static int read(ByteBuf bytes, int from) {
    if (bytes.getUnsignedByte(from) != LENGTH) {
      return -1;
    }
    int at = from + 1;
    for (byte expected : BEGINNING) {
      if (bytes.getByte(at++) != expected) {
        return -1;
      }
    }
    long number = 0;
    for (int i = 0; i < DIGITS; i++) {
      int digit = bytes.getByte(at++) - '0';
      if (digit < 0 || digit >= TEN) {
        return -1;
      }
      number = number * TEN + digit;
    }
    return number <= Integer.MAX_VALUE ? (int) number : -1;
  }
}
