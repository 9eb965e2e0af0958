package slipway.meter;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes the figures of one {@link Meter} at one scrape. Used by the thread that reads the meter.
 *
 * <p>Values of labels are given in the order in which the {@link Metric} names them. They are from
 * a set that an operator can count, such as services or acceptors: never what a client has chosen,
 * and no addresses. All methods refuse what does not fit with an {@link IllegalArgumentException}
 * that says what is allowed. They also refuse the same labels a second time, and more series than a
 * meter may have.
 *
 * <p>Two meters may tell the same metric, as two versions of one service do that run side by side.
 * If they tell it of the same labels, too, what they tell is added up. A metric that has a label
 * for the version keeps the two apart.
 */
@ProviderType
public interface Readings {

  /**
   * Tells a {@linkplain Metric.Kind#COUNTER counter} or a {@linkplain Metric.Kind#GAUGE gauge}.
   *
   * @param value of a counter, 0 or more; of a gauge, any
   */
  void value(Metric metric, double value, String... labels);

  /**
   * Tells a {@linkplain Metric.Kind#STATE state}.
   *
   * @param state which of the constants of its enum it is
   */
  void state(Metric metric, Enum<?> state, String... labels);

  /** Tells an {@linkplain Metric.Kind#INFO information}; all of it is in the labels. */
  void info(Metric metric, String... labels);

  /** Tells a {@linkplain Metric.Kind#HISTOGRAM histogram}. */
  void histogram(Metric metric, Distribution values, String... labels);
}
