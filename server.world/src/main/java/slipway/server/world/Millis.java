package slipway.server.world;

import java.util.Locale;

/** Times for people. */
final class Millis {

  private static final double NANOS = 1e6;

  private Millis() {}

  static double of(double nanos) {
    return nanos / NANOS;
  }

  static String text(double nanos) {
    return String.format(Locale.ROOT, "%.2f ms", of(nanos));
  }
}
