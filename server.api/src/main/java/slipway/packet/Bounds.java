package slipway.packet;

import java.time.Duration;
import slipway.config.Durations;

/**
 * What a format and settings may say.
 *
 * <p>All methods throw an {@link IllegalArgumentException} if a value is out of bounds, which says
 * its name, the value, and what is allowed.
 */
final class Bounds {

  private static final int OCTET = 0xff;
  private static final Duration LONGEST_SILENCE = Duration.ofDays(365);

  private Bounds() {}

  /** A number that fits in a byte. */
  static int octet(String name, int value) {
    return range(name, value, 0, OCTET);
  }

  /** A greatest length that fits in two bytes. */
  static int length(int max) {
    return range("packet.max", max, 1, PacketFormat.LONGEST);
  }

  private static int range(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw refused(name, value, least + " to " + most);
    }
    return value;
  }

  /** A number that is large enough. */
  static void least(String name, int value, int least) {
    if (value < least) {
      throw refused(name, value, least + " or more");
    }
  }

  /** A time that is neither too short nor too long. */
  static void range(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw refused(
          name, Durations.format(value), Durations.format(least) + " to " + Durations.format(most));
    }
  }

  /** How long a peer may send nothing; zero for as long as it likes. */
  static void silence(String name, Duration value) {
    range(name, value, Duration.ZERO, LONGEST_SILENCE);
  }

  private static IllegalArgumentException refused(String name, Object value, String allowed) {
    return new IllegalArgumentException(name + " = " + value + ": allowed is " + allowed);
  }
}
