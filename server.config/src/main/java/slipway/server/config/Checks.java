package slipway.server.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.ConfigurationCheck;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.server.config.text.Values;

/** The checks that bundles have registered, by PID. Methods may be called from any thread. */
final class Checks {

  private static final Logger LOG = LoggerFactory.getLogger(Checks.class);

  private record Registered(ConfigurationCheck check, String version) {}

  private final Map<String, List<Registered>> checks = new ConcurrentHashMap<>();

  /**
   * Adds a check.
   *
   * @param version the bundle that it is of and that one's version, the same after a restart
   */
  void add(String pid, ConfigurationCheck check, String version) {
    checks
        .computeIfAbsent(pid, key -> new CopyOnWriteArrayList<>())
        .add(new Registered(check, version));
  }

  void remove(String pid, ConfigurationCheck check) {
    checks.computeIfPresent(
        pid,
        (key, registered) -> {
          registered.removeIf(some -> some.check() == check);
          return registered;
        });
  }

  /** The versions whose checks are there for a PID; empty if nothing checks it now. */
  Set<String> versions(String pid) {
    return registered(pid).stream()
        .map(Registered::version)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether a PID was checked, and is not now. */
  boolean isDeserted(String pid) {
    return checks.containsKey(pid) && registered(pid).isEmpty();
  }

  private List<Registered> registered(String pid) {
    return checks.getOrDefault(pid, List.of());
  }

  /**
   * Asks the checks of a configuration's PID. Before that, refuses keys that are most likely
   * misspelt.
   *
   * @param siblings values of the other configurations of the PID, by name
   * @throws InvalidConfiguration if one of them refuses, or fails
   */
  void check(
      ConfigurationId id, Map<String, Object> values, Map<String, Map<String, Object>> siblings)
      throws InvalidConfiguration {
    for (Registered registered : registered(id.pid())) {
      ask(registered.check(), id, values, siblings);
    }
  }

  /** Whether at least one of them takes values. */
  boolean isTakenByAny(
      ConfigurationId id, Map<String, Object> values, Map<String, Map<String, Object>> siblings) {
    for (Registered registered : registered(id.pid())) {
      try {
        ask(registered.check(), id, values, siblings);
        return true;
      } catch (InvalidConfiguration refused) {
        // perhaps the next one takes them
      }
    }
    return false;
  }

  private static void ask(
      ConfigurationCheck check,
      ConfigurationId id,
      Map<String, Object> values,
      Map<String, Map<String, Object>> siblings)
      throws InvalidConfiguration {
    Map<String, Settings> others = new TreeMap<>();
    siblings.forEach((name, other) -> others.put(name, Settings.of(check.type(), other)));
    Settings settings = Settings.of(check.type(), values);
    refuseSlips(settings.unknown(), settings.known());
    try {
      check.check(id.name(), settings, others);
    } catch (RuntimeException failure) {
      // refused files are tried again and again, so the refusal alone is logged
      LOG.debug("The check of {} failed on {}", id.pid(), id, failure);
      throw new InvalidConfiguration("the check of " + id.pid() + " failed: " + failure);
    }
  }

  /**
   * Refuses keys that are most likely misspelt: with the default in place of what was meant, a port
   * would move, or a limit would not hold. Other unknown keys may be those of a newer version.
   *
   * @throws InvalidConfiguration if there is one; names it and the right one
   */
  static void refuseSlips(Set<String> unknown, Set<String> known) throws InvalidConfiguration {
    for (String key : unknown) {
      Optional<String> meant = Misspelling.meant(key, known);
      if (meant.isPresent()) {
        throw new InvalidConfiguration(
            "key " + Values.shown(key) + " is unknown: allowed is " + meant.get());
      }
    }
  }

  /** The PIDs that are checked, ordered. */
  Set<String> pids() {
    return new TreeSet<>(checks.keySet());
  }

  /** Keys that a check's type does not know, with those that it does; empty if all are known. */
  String unknown(ConfigurationId id, Map<String, Object> values) {
    for (Registered registered : registered(id.pid())) {
      Settings settings = Settings.of(registered.check().type(), values);
      Set<String> unknown = settings.unknown();
      if (!unknown.isEmpty()) {
        String keys = unknown.size() == 1 ? "key %s is" : "keys %s are";
        return String.format(keys, Values.shown(String.join(", ", unknown)))
            + " unknown and ignored; known are "
            + String.join(", ", settings.known());
      }
    }
    return "";
  }
}
