package slipway.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message that says which it is: a line with the number of its connection and its own number
 * there, in hexadecimal digits, and letters that depend on both.
 */
final class Frame {

  /** Length of each, in bytes, with the line's end. */
  static final int LENGTH = 64;

  private static final int CONNECTION = 8;
  private static final int SEQUENCE = 16;
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private Frame() {}

  static byte[] of(int connection, long sequence) {
    byte[] frame = new byte[LENGTH];
    hex(frame, 0, CONNECTION, connection);
    hex(frame, CONNECTION, SEQUENCE, sequence);
    for (int i = CONNECTION + SEQUENCE; i < LENGTH - 1; i++) {
      frame[i] = (byte) ('g' + (int) ((connection + sequence + i) % 20));
    }
    frame[LENGTH - 1] = '\n';
    return frame;
  }

  private static void hex(byte[] frame, int from, int digits, long number) {
    long rest = number;
    for (int i = from + digits - 1; i >= from; i--) {
      frame[i] = DIGITS[(int) (rest & 15)];
      rest >>>= 4;
    }
  }

  /** The number of a frame on this connection; -1 if it is none, or not of this connection. */
  static long sequence(byte[] frame, int connection) {
    try {
      long sequence =
          Long.parseUnsignedLong(
              new String(frame, CONNECTION, SEQUENCE, StandardCharsets.ISO_8859_1), 16);
      return Arrays.equals(frame, of(connection, sequence)) ? sequence : -1;
    } catch (NumberFormatException notHexadecimal) {
      return -1;
    }
  }
}
