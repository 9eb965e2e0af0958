package slipway.bench.report;

import java.util.Locale;
import slipway.bench.measure.Sample;

/** Numbers as the report shows them: three digits that mean something, thousands apart. */
public final class Numbers {

  private Numbers() {}

  /** A number with about three significant digits. */
  public static String of(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  /** A whole number. */
  public static String of(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** The least and the greatest. */
  public static String spread(Sample sample) {
    return of(sample.min()) + "–" + of(sample.max());
  }

  /** A ratio with two digits behind the point, or three where it is near to one. */
  public static String ratio(double value) {
    return String.format(Locale.ROOT, Math.abs(value - 1) < 0.1 ? "%.3f" : "%.2f", value);
  }
}
