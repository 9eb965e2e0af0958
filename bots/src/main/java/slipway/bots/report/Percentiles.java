package slipway.bots.report;

import java.util.List;
import org.HdrHistogram.Histogram;

/** The figures of a histogram of nanoseconds. */
public final class Percentiles {

  private Percentiles() {}

  /**
   * The median, the high percentiles and the maximum.
   *
   * @param key for scripts, to which what it is is added
   * @param title for people, to which what it is is added
   */
  public static List<Figure> of(String key, String title, Histogram nanos) {
    return List.of(
        Figure.time(key + "P50", title + " p50", nanos.getValueAtPercentile(50)),
        Figure.time(key + "P99", title + " p99", nanos.getValueAtPercentile(99)),
        Figure.time(key + "P999", title + " p99.9", nanos.getValueAtPercentile(99.9)),
        Figure.time(key + "Max", title + " max", nanos.getMaxValue()));
  }
}
