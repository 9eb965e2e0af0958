package slipway.examples.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Whole numbers as Redis writes them, without a sign or a zero too many. */
final class Numbers {

  private static final int LONGEST = 20;

  private Numbers() {}

  /**
   * Reads a number.
   *
   * @throws NumberFormatException if it is none
   */
  static long parse(byte[] digits) {
    String text = digits.length > LONGEST ? "" : new String(digits, ISO_8859_1);
    long number = Long.parseLong(text);
    if (!Long.toString(number).equals(text)) {
      throw new NumberFormatException(text);
    }
    return number;
  }
}
