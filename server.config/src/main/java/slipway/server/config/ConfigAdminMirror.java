package slipway.server.config;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import slipway.config.InvalidConfiguration;
import slipway.server.config.Reading.Definition;
import slipway.server.config.text.Values;

/**
 * The configurations that the files give, each with its file, and Config Admin as their mirror. For
 * one thread at a time: {@link Store} holds the lock.
 */
final class ConfigAdminMirror {

  /**
   * A configuration and the file that it is defined in.
   *
   * @param yields whether it gives way to another file that defines it, too
   */
  record Entry(String file, Map<String, Object> values, boolean yields) {}

  private final ConfigAdminClient admin;
  private final Checks checks;
  private final Map<ConfigurationId, Entry> entries = new TreeMap<>();

  ConfigAdminMirror(ConfigAdminClient admin, Checks checks) {
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

  /** Whether all checks take values as if they were those of a configuration. */
  boolean isTaken(ConfigurationId id, Map<String, Object> values) {
    try {
      check(id, values);
      return true;
    } catch (InvalidConfiguration refused) {
      return false;
    }
  }

  /** Whether one check at least takes them. */
  boolean isTakenByAny(ConfigurationId id, Map<String, Object> values) {
    return checks.isTakenByAny(id, values, siblings(id, entries));
  }

  private void check(
      ConfigurationId id, Map<String, Object> values, Map<ConfigurationId, Entry> all)
      throws InvalidConfiguration {
    checks.check(id, values, siblings(id, all));
  }

  private static Map<String, Map<String, Object>> siblings(
      ConfigurationId id, Map<ConfigurationId, Entry> all) {
    Map<String, Map<String, Object>> siblings = new TreeMap<>();
    all.forEach(
        (other, entry) -> {
          if (other.pid().equals(id.pid()) && !other.equals(id)) {
            siblings.put(other.name(), entry.values());
          }
        });
    return siblings;
  }

  /**
   * Puts something else into force than a file says.
   *
   * @param entry null to take the configuration away
   * @throws IOException if Config Admin cannot save; nothing has changed then
   */
  void put(ConfigurationId id, Entry entry) throws IOException {
    Map<ConfigurationId, Entry> plan = new TreeMap<>(entries);
    plan.remove(id);
    if (entry != null) {
      plan.put(id, entry);
    }
    apply(plan);
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
        if (!admin.isEdited(id)) {
          admin.delete(id.cmPid());
        }
        changed.add(id);
      }
    }
    for (Map.Entry<ConfigurationId, Entry> wanted : plan.entrySet()) {
      if (!wanted.getValue().equals(entries.get(wanted.getKey()))
          && replace(wanted.getKey(), wanted.getValue())) {
        changed.add(wanted.getKey());
      }
    }
    return changed;
  }

  private boolean replace(ConfigurationId id, Entry wanted) throws IOException {
    Entry old = entries.put(id, wanted);
    try {
      return settle(id);
    } catch (IOException failure) {
      if (old == null) {
        entries.remove(id);
      } else {
        entries.put(id, old);
      }
      throw failure;
    }
  }

  /**
   * Makes Config Admin hold what the files say, and its consumers know it. Does nothing if others
   * have edited the configuration there meanwhile: that edit is followed first.
   *
   * @return whether Config Admin was changed
   */
  boolean settle(ConfigurationId id) throws IOException {
    Entry entry = entries.get(id);
    // looked at before the journal is asked: what is there is in the journal, or has been followed
    Map<String, Object> present = admin.find(id.cmPid()).orElse(null);
    if (admin.isEdited(id)) {
      return false;
    }
    boolean same = Values.same(present, entry == null ? null : entry.values());
    if (same && (entry == null || !admin.isUntold(id))) {
      return false;
    }
    if (entry != null) {
      return admin.put(id, entry.values());
    }
    if (id.isOwn()) {
      admin.delete(id.cmPid());
    }
    return id.isOwn();
  }
}
