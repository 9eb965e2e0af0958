package slipway.bench.report;

import java.util.Locale;

/**
 * What was to be reached, and what was.
 *
 * @param name what was measured, where
 * @param limit the greatest value that is good
 * @param value what was measured; NaN if it could not be
 * @param unit behind both
 */
public record Goal(String name, double limit, double value, String unit) {

  public boolean met() {
    return value <= limit;
  }

  /** Met, or missed and by how much. */
  public String verdict() {
    if (Double.isNaN(value)) {
      return "not measured";
    }
    if (met()) {
      return "met";
    }
    return limit == 0
        ? "missed by " + Numbers.of(value)
        : String.format(Locale.ROOT, "missed by %.1f %%", 100 * (value / limit - 1));
  }
}
