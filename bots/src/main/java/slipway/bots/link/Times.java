package slipway.bots.link;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Histograms of nanoseconds, all of one shape, so that those of the event loops can be added. */
public final class Times {

  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final int DIGITS = 3;

  private Times() {}

  /** An empty one; for one thread. */
  public static Histogram histogram() {
    return new Histogram(LONGEST_NANOS, DIGITS);
  }

  /** Records a time; what is longer than ten minutes counts as ten minutes. */
  public static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
  }
}
