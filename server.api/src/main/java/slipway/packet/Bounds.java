package slipway.packet;

/** What fits in the fields of a header. */
final class Bounds {

  private Bounds() {}

  /**
   * A number that fits in a byte.
   *
   * @throws IllegalArgumentException if it does not
   */
  static int octet(String name, int value) {
    if (value < 0 || value > 0xff) {
      throw new IllegalArgumentException(name + " = " + value + ": allowed is 0 to 255");
    }
    return value;
  }

  /**
   * A greatest length that fits in two bytes.
   *
   * @throws IllegalArgumentException if it does not
   */
  static int length(int max) {
    if (max < 1 || max > PacketFormat.LONGEST) {
      throw new IllegalArgumentException(
          "packet.max = " + max + ": allowed is 1 to " + PacketFormat.LONGEST);
    }
    return max;
  }
}
