package slipway.meter;

import java.util.List;
import java.util.Set;

/**
 * What one family of figures is. A bundle keeps each of its metrics as a constant.
 *
 * <p>Names are those of Prometheus: words in lower case with {@code _} between them, that of the
 * service or the part first; a unit, if there is one, is a base unit, and the last word.
 *
 * <pre>
 * chat_users                   a gauge
 * chat_history_bytes           a gauge in a unit
 * chat_messages_total          a counter
 * chat_store_seconds           a histogram
 * chat_build_info              an information
 * </pre>
 *
 * @param kind what its figures mean
 * @param name as it is shown, with {@code _total} or {@code _info} if its kind has that
 * @param help what it counts or measures, in one sentence
 * @param labels names of what tells its series apart, in the order in which their values are given
 */
public record Metric(Kind kind, String name, String help, List<String> labels) {

  /** What figures mean. */
  public enum Kind {
    /** Counts from 0 since the start, and never goes down. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** Is in one of the states that an enum has. */
    STATE,
    /** Does not change, and has its words in labels. */
    INFO,
    /** How values are distributed, counted in buckets. */
    HISTOGRAM
  }

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_HELP = 200;
  private static final int MOST_LABELS = 8;

  /** Checks that it can be shown. */
  public Metric {
    labels = List.copyOf(labels);
    MetricNames.check(kind, name, LONGEST_NAME);
    if (help.isBlank() || help.length() > LONGEST_HELP || help.chars().anyMatch(c -> c < ' ')) {
      throw refused(
          name,
          "help",
          help,
          "one line of 1 to " + LONGEST_HELP + " characters that says what it is");
    }
    if (labels.size() > MOST_LABELS || Set.copyOf(labels).size() < labels.size()) {
      throw refused(name, "labels", labels, "at most " + MOST_LABELS + ", each once");
    }
    for (String label : labels) {
      MetricNames.checkLabel(name, label);
    }
  }

  /** A counter; its name ends in {@code _total}. */
  public static Metric counter(String name, String help, String... labels) {
    return new Metric(Kind.COUNTER, name, help, List.of(labels));
  }

  /** A gauge. */
  public static Metric gauge(String name, String help, String... labels) {
    return new Metric(Kind.GAUGE, name, help, List.of(labels));
  }

  /** A state. */
  public static Metric state(String name, String help, String... labels) {
    return new Metric(Kind.STATE, name, help, List.of(labels));
  }

  /** An information; its name ends in {@code _info}. */
  public static Metric info(String name, String help, String... labels) {
    return new Metric(Kind.INFO, name, help, List.of(labels));
  }

  /** A histogram. */
  public static Metric histogram(String name, String help, String... labels) {
    return new Metric(Kind.HISTOGRAM, name, help, List.of(labels));
  }

  static IllegalArgumentException refused(
      String metric, String what, Object value, String allowed) {
    return new IllegalArgumentException(
        "metric " + metric + ": " + what + " = " + value + ": allowed is " + allowed);
  }
}
