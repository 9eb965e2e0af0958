package slipway.bots.report;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Something that was measured or counted.
 *
 * @param key for scripts
 * @param title for people
 * @param value for scripts: a number
 * @param text for people
 */
public record Figure(String key, String title, Number value, String text) {

  /** A number of things. */
  public static Figure count(String key, String title, long value) {
    return new Figure(key, title, value, grouped(value));
  }

  /** A time, for scripts in microseconds. */
  public static Figure time(String key, String title, long nanos) {
    return new Figure(key + "Micros", title, TimeUnit.NANOSECONDS.toMicros(nanos), millis(nanos));
  }

  /** A number as people read it, such as 12,345. */
  public static String grouped(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A time as people read it, in milliseconds. */
  public static String millis(long nanos) {
    double millis = nanos / 1e6;
    return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%,.0f ms", millis);
  }
}
