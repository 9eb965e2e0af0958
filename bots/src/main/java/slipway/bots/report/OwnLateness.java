package slipway.bots.report;

import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What to say of bots that are late themselves: they make the server look late. */
public final class OwnLateness {

  private OwnLateness() {}

  /**
   * A sentence if the figures are not to be trusted.
   *
   * @param nanos how late the event loops of the bots were
   * @param late after which the server counts as late
   */
  public static List<String> notes(Histogram nanos, Duration late) {
    return nanos.getMaxValue() > late.toNanos() / 2
        ? List.of(
            "The bots themselves were late by up to "
                + Figure.millis(nanos.getMaxValue())
                + ": what was late may be their own.")
        : List.of();
  }
}
