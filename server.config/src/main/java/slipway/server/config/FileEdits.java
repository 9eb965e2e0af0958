package slipway.server.config;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * When people have last changed a key of a configuration in a file. What the host writes into files
 * does not count, or its own writes would look like later edits.
 */
final class FileEdits {

  private final Map<ConfigurationId, Map<String, Instant>> times = new HashMap<>();

  void note(ConfigurationId id, Set<String> keys, Instant time) {
    Map<String, Instant> known = times.computeIfAbsent(id, key -> new HashMap<>());
    keys.forEach(key -> known.put(key, time));
  }

  boolean isLater(ConfigurationId id, String key, Instant than) {
    Instant time = times.getOrDefault(id, Map.of()).get(key);
    return time != null && time.isAfter(than);
  }

  /** Whether any key was changed later. */
  boolean isLater(ConfigurationId id, Instant than) {
    return times.getOrDefault(id, Map.of()).values().stream().anyMatch(time -> time.isAfter(than));
  }

  void forget(ConfigurationId id) {
    times.remove(id);
  }
}
