package slipway.meter;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names metrics and labels may have, so that monitoring systems accept and find them. */
final class MetricNames {

  private static final Pattern WORDS = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)+");
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  /** What formats put behind names by themselves. */
  private static final List<String> RESERVED =
      List.of("_total", "_info", "_created", "_bucket", "_count", "_sum");

  /** Units that are not base units, and words that repeat the kind. */
  private static final Set<String> REFUSED_WORDS =
      Set.of(
          "ns",
          "nanos",
          "nanoseconds",
          "us",
          "micros",
          "microseconds",
          "ms",
          "millis",
          "milliseconds",
          "minutes",
          "hours",
          "days",
          "weeks",
          "bits",
          "kb",
          "mb",
          "gb",
          "kib",
          "mib",
          "gib",
          "kilobytes",
          "megabytes",
          "gigabytes",
          "percent",
          "counter",
          "gauge",
          "histogram",
          "summary");

  private static final Set<String> REFUSED_LABELS = Set.of("le", "quantile", "job", "instance");

  private MetricNames() {}

  static void check(Metric.Kind kind, String name, int longest) {
    if (!WORDS.matcher(name).matches() || name.length() > longest) {
      throw Metric.refused(
          name,
          "name",
          name,
          "two words or more in lower case with _ between them, at most "
              + longest
              + " characters, such as chat_users");
    }
    String ending =
        switch (kind) {
          case COUNTER -> "_total";
          case INFO -> "_info";
          default -> "";
        };
    String base = name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : "";
    if (base.isEmpty()) {
      throw Metric.refused(name, "name", name, "a name that ends in " + ending);
    }
    if (RESERVED.stream().anyMatch(base::endsWith)) {
      throw Metric.refused(
          name, "name", name, "one that does not end in " + String.join(", ", RESERVED));
    }
    for (String word : base.split("_")) {
      if (REFUSED_WORDS.contains(word)) {
        throw Metric.refused(
            name,
            "the word " + word + " in the name",
            name,
            "a base unit (seconds, bytes, ratio), and no word for the kind");
      }
    }
  }

  static void checkLabel(String metric, String label) {
    if (!LABEL.matcher(label).matches() || REFUSED_LABELS.contains(label)) {
      throw Metric.refused(
          metric,
          "label",
          label,
          "words in lower case with _ between them, except "
              + String.join(", ", REFUSED_LABELS.stream().sorted().toList()));
    }
  }
}
