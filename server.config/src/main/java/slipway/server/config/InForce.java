package slipway.server.config;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import slipway.config.InvalidConfiguration;
import slipway.server.config.Reading.Definition;

/**
 * The configurations that the files have given Config Admin, each with its file. For one thread at
 * a time: the lock is that of {@link Configurations}.
 */
final class InForce {

  /**
   * A configuration and the file that it is defined in.
   *
   * @param yields whether it gives way to another file that defines it, too
   */
  record Entry(String file, Map<String, Object> values, boolean yields) {}

  private final ConfigurationAdmin admin;
  private final Checks checks;
  private final Map<ConfigurationId, Entry> entries = new TreeMap<>();

  /** What Config Admin held when it was last looked at; anything else is somebody's edit. */
  private final Map<ConfigurationId, Map<String, Object>> held = new TreeMap<>();

  InForce(ConfigurationAdmin admin, Checks checks) {
    this.admin = admin;
    this.checks = checks;
  }

  /** Null if no file has given this configuration. */
  Entry get(ConfigurationId id) {
    return entries.get(id);
  }

  Set<ConfigurationId> ids() {
    return new TreeSet<>(entries.keySet());
  }

  Set<ConfigurationId> idsOf(String file) {
    Set<ConfigurationId> ids = ids();
    ids.removeIf(id -> !entries.get(id).file().equals(file));
    return ids;
  }

  /**
   * What would be in force if files said something else.
   *
   * @param changes what they would say, by file
   * @throws InvalidConfiguration if two files define one configuration or a check refuses; names
   *     the file
   */
  Map<ConfigurationId, Entry> plan(Map<String, Reading> changes) throws InvalidConfiguration {
    Map<ConfigurationId, Entry> next = new TreeMap<>(entries);
    next.values().removeIf(entry -> changes.containsKey(entry.file()));
    for (Map.Entry<String, Reading> change : changes.entrySet()) {
      String file = change.getKey();
      for (Map.Entry<ConfigurationId, Definition> defined :
          change.getValue().definitions().entrySet()) {
        Definition definition = defined.getValue();
        Entry entry = new Entry(file, definition.values(), definition.yields());
        Entry other = next.get(defined.getKey());
        if (other == null || other.yields()) {
          next.put(defined.getKey(), entry);
        } else if (!definition.yields()) {
          throw refused(
              file,
              definition,
              defined.getKey()
                  + " is defined in "
                  + ConfFolder.shown(other.file())
                  + ": allowed is one file for a configuration");
        }
      }
    }
    for (Map.Entry<String, Reading> change : changes.entrySet()) {
      for (Map.Entry<ConfigurationId, Definition> defined :
          change.getValue().definitions().entrySet()) {
        try {
          check(defined.getKey(), defined.getValue().values(), next);
        } catch (InvalidConfiguration invalid) {
          throw refused(change.getKey(), defined.getValue(), invalid.getMessage());
        }
      }
    }
    return next;
  }

  private static InvalidConfiguration refused(String file, Definition definition, String reason) {
    return new InvalidConfiguration(ConfFolder.shown(file) + ": " + definition.where() + reason);
  }

  /**
   * Checks values as if they were those of a configuration.
   *
   * @throws InvalidConfiguration if a check refuses them
   */
  void check(ConfigurationId id, Map<String, Object> values) throws InvalidConfiguration {
    check(id, values, entries);
  }

  private void check(
      ConfigurationId id, Map<String, Object> values, Map<ConfigurationId, Entry> all)
      throws InvalidConfiguration {
    Map<String, Map<String, Object>> siblings = new TreeMap<>();
    all.forEach(
        (other, entry) -> {
          if (other.pid().equals(id.pid()) && !other.equals(id)) {
            siblings.put(other.name(), entry.values());
          }
        });
    checks.check(id, values, siblings);
  }

  /**
   * Puts a plan into force: first removes what it lacks, so that addresses become free, then makes
   * and updates. Config Admin tells the components later, from a thread of its own.
   *
   * @return the configurations that changed
   * @throws IOException if Config Admin cannot save; what was done until then is kept
   */
  Set<ConfigurationId> apply(Map<ConfigurationId, Entry> plan) throws IOException {
    Set<ConfigurationId> changed = new TreeSet<>();
    for (ConfigurationId id : ids()) {
      if (!plan.containsKey(id)) {
        entries.remove(id);
        held.remove(id);
        delete(id.cmPid());
        changed.add(id);
      }
    }
    for (Map.Entry<ConfigurationId, Entry> wanted : plan.entrySet()) {
      Entry old = entries.get(wanted.getKey());
      if (!wanted.getValue().equals(old)) {
        if (put(wanted.getKey(), wanted.getValue())) {
          changed.add(wanted.getKey());
        }
        entries.put(wanted.getKey(), wanted.getValue());
      }
    }
    return changed;
  }

  /**
   * Takes note of what Config Admin holds now, so that {@link #put} may replace it.
   *
   * @return its values; null if it holds nothing
   */
  Map<String, Object> look(ConfigurationId id) throws IOException {
    Map<String, Object> present = find(id.cmPid()).map(Values::of).orElse(null);
    if (present == null) {
      held.remove(id);
    } else {
      held.put(id, present);
    }
    return present;
  }

  /**
   * Gives Config Admin a configuration, unless it holds the same or somebody else has just edited
   * it there: that edit's event is on its way and must find it.
   *
   * @return whether Config Admin was changed
   */
  boolean put(ConfigurationId id, Entry entry) throws IOException {
    Dictionary<String, Object> present = find(id.cmPid()).orElse(null);
    Map<String, Object> values = present == null ? null : Values.of(present);
    Map<String, Object> expected = held.get(id);
    if (Values.same(values, entry.values())) {
      held.put(id, entry.values());
      if (entry.file().equals(present.get(Values.FILE))) {
        return false;
      }
    } else if (expected != null && !Values.same(values, expected)) {
      return false;
    }
    Hashtable<String, Object> dictionary = new Hashtable<>(entry.values());
    dictionary.put(Values.FILE, entry.file());
    // "?": for every bundle that has the PID
    Configuration configuration =
        id.name().isEmpty()
            ? admin.getConfiguration(id.pid(), "?")
            : admin.getFactoryConfiguration(id.pid(), id.name(), "?");
    configuration.update(dictionary);
    held.put(id, entry.values());
    return true;
  }

  /** What Config Admin holds under a PID; empty if it holds nothing. */
  Optional<Dictionary<String, Object>> find(String cmPid) throws IOException {
    Configuration[] found = list(equalTo(cmPid));
    try {
      return found.length == 0 ? Optional.empty() : Optional.ofNullable(found[0].getProperties());
    } catch (IllegalStateException deleted) { // by somebody else, just now
      return Optional.empty();
    }
  }

  /** Deletes from Config Admin what it holds under a PID. */
  void delete(String cmPid) throws IOException {
    for (Configuration configuration : list(equalTo(cmPid))) {
      try {
        configuration.delete();
      } catch (IllegalStateException deleted) {
        // by somebody else, just now
      }
    }
  }

  /** All configurations that Config Admin holds. */
  Configuration[] all() throws IOException {
    return list(null);
  }

  private Configuration[] list(String filter) throws IOException {
    try {
      Configuration[] found = admin.listConfigurations(filter);
      return found == null ? new Configuration[0] : found;
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String equalTo(String cmPid) {
    return "(" + Constants.SERVICE_PID + "=" + cmPid.replaceAll("[\\\\*()]", "\\\\$0") + ")";
  }
}
