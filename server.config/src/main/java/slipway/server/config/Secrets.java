package slipway.server.config;

import java.util.Locale;
import java.util.Map;

/** Tells secrets among what files define, by the names of their keys. */
final class Secrets {

  private Secrets() {}

  /** Whether a file holds one. */
  static boolean isIn(Reading reading) {
    return reading.definitions().values().stream()
        .flatMap(definition -> definition.values().entrySet().stream())
        .anyMatch(Secrets::isSecret);
  }

  private static boolean isSecret(Map.Entry<String, Object> entry) {
    String key = entry.getKey().toLowerCase(Locale.ROOT);
    return (key.endsWith("password") || key.endsWith("secret"))
        && !String.valueOf(entry.getValue()).isEmpty();
  }
}
