package slipway.bots;

/**
 * A number of one byte.
 *
 * @param value 0 to 255
 */
record Octet(int value) {

  private static final int HIGHEST = 0xff;

  /**
   * Reads a number, in decimal or hexadecimal.
   *
   * @throws IllegalArgumentException if it is something else; says what is allowed
   */
  static Octet parse(String text) {
    try {
      int value = Integer.decode(text);
      if (value >= 0 && value <= HIGHEST) {
        return new Octet(value);
      }
    } catch (NumberFormatException notANumber) {
      // refused below, as a number out of range is
    }
    throw new IllegalArgumentException("allowed is 0 to 255, such as 119 or 0x77");
  }
}
