package slipway.server.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.InvalidConfiguration;

/**
 * Lets files into force whole or refuses them whole, and knows why. A file that is refused is kept
 * in mind and tried again whenever something else has changed.
 *
 * <p>For one thread at a time: {@link Store} holds the lock.
 */
final class Gate {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final ConfFolder folder;
  private final Checks checks;
  private final InForce inForce;
  private final Map<String, Seen> files = new TreeMap<>();
  private final Map<String, Set<String>> warnings = new TreeMap<>();

  Gate(ConfFolder folder, Checks checks, InForce inForce) {
    this.folder = folder;
    this.checks = checks;
    this.inForce = inForce;
  }

  /** The refusals now, ordered by file. */
  List<String> refusals() {
    return files.values().stream().map(Seen::refusal).filter(Objects::nonNull).toList();
  }

  /** Looks at a file that was made, changed or deleted; does nothing if it is as it was. */
  void changed(String name) {
    Optional<ConfFile> file = ConfFile.of(name);
    if (file.isPresent()) {
      look(file.get());
      warnOfStranger(file.get());
      retryRefused();
    }
  }

  /** A PID of ours that no bundle checks is most likely a slip in the file's name. */
  private void warnOfStranger(ConfFile file) {
    for (ConfigurationId id :
        file.isIni() ? Set.<ConfigurationId>of() : inForce.idsOf(file.name())) {
      if (id.pid().startsWith("slipway.") && !checks.pids().contains(id.pid())) {
        warn(
            file.name(),
            "no bundle knows the PID "
                + id.pid()
                + "; known are "
                + String.join(", ", checks.pids()));
      }
    }
  }

  /** As {@link #changed}, but leaves refused files alone. */
  void look(ConfFile file) {
    Seen old = files.get(file.name());
    Seen seen = read(file);
    if (seen == null) {
      forget(file.name());
    } else if (old == null || seen.text() == null || !seen.text().equals(old.text())) {
      warnings.remove(file.name());
      consider(file.name(), seen);
    }
  }

  /** Null if there is no such file. */
  private Seen read(ConfFile file) {
    try {
      return folder.read(file.name()).map(text -> Seen.of(file, text)).orElse(null);
    } catch (InvalidConfiguration unreadable) {
      return Seen.unreadable(file, unreadable);
    }
  }

  /** Takes a file into force, or refuses it. */
  private boolean consider(String name, Seen seen) {
    try {
      if (seen.reading() == null) {
        throw new InvalidConfiguration(seen.refusal());
      }
      accept(Map.of(name, seen));
      return true;
    } catch (InvalidConfiguration invalid) {
      refuse(name, seen.refused(invalid.getMessage()));
    } catch (IOException failure) {
      String reason = "Config Admin cannot save it: " + failure.getMessage();
      refuse(name, seen.refused(ConfFolder.shown(name) + ": " + reason));
    }
    return false;
  }

  private void refuse(String name, Seen seen) {
    Seen old = files.put(name, seen);
    if (old == null || !seen.refusal().equals(old.refusal())) {
      LOG.error(
          "{}. The file is refused{}",
          seen.refusal(),
          inForce.idsOf(name).isEmpty() ? "" : "; the last good configuration goes on");
    }
  }

  /**
   * Takes files into force together.
   *
   * @param changes by file; one without a reading is gone
   */
  private void accept(Map<String, Seen> changes) throws InvalidConfiguration, IOException {
    apply(changes, inForce.plan(readings(changes)));
  }

  /** What files define, by file; one without a reading is gone. */
  static Map<String, Reading> readings(Map<String, Seen> changes) {
    Map<String, Reading> readings = new TreeMap<>();
    changes.forEach(
        (file, seen) -> readings.put(file, seen == null ? Reading.NOTHING : seen.reading()));
    return readings;
  }

  /**
   * Puts files into force.
   *
   * @param plan what {@link InForce#plan} made of their readings
   */
  void apply(Map<String, Seen> changes, Map<ConfigurationId, InForce.Entry> plan)
      throws IOException {
    Set<ConfigurationId> changed = inForce.apply(plan);
    changes.forEach(
        (file, seen) -> {
          if (seen == null) {
            files.remove(file);
            warnings.remove(file);
          } else {
            files.put(file, seen.accepted());
            warn(file, seen.reading());
          }
        });
    for (ConfigurationId id : changed) {
      InForce.Entry entry = inForce.get(id);
      if (entry == null) {
        LOG.info("{} is removed", id);
      } else {
        LOG.info("{} is as {} says", id, ConfFolder.shown(entry.file()));
      }
    }
  }

  /** Warns of what is odd in a file, once for each of its texts. */
  private void warn(String file, Reading reading) {
    List<String> found = new ArrayList<>(reading.warnings());
    reading
        .definitions()
        .forEach(
            (id, definition) -> {
              String unknown = checks.unknown(id, definition.values());
              if (!unknown.isEmpty()) {
                found.add(definition.where() + unknown);
              }
            });
    found.forEach(warning -> warn(file, warning));
  }

  private void warn(String file, String warning) {
    if (warnings.computeIfAbsent(file, key -> new HashSet<>()).add(warning)) {
      LOG.warn("{}: {}", ConfFolder.shown(file), warning);
    }
  }

  /** Removes what a file defined. Where other files define it too, they take over without a gap. */
  void forget(String name) {
    Set<ConfigurationId> ids = inForce.idsOf(name);
    Map<String, Seen> changes = new TreeMap<>();
    for (ConfigurationId id : ids) {
      for (ConfFile heir : definersOf(id)) {
        Seen seen = heir.name().equals(name) ? null : read(heir);
        if (seen != null && seen.reading() != null) {
          changes.put(heir.name(), seen);
        }
      }
    }
    changes.put(name, null);
    try {
      accept(changes);
    } catch (InvalidConfiguration heirsRefused) {
      withdraw(name);
      files.remove(name);
      changes.remove(name);
      changes.forEach(this::consider);
    } catch (IOException failure) {
      LOG.error("{} is gone, but Config Admin cannot follow", ConfFolder.shown(name), failure);
    }
  }

  private void withdraw(String name) {
    try {
      apply(Map.of(), inForce.plan(Map.of(name, Reading.NOTHING)));
    } catch (InvalidConfiguration | IOException failure) {
      LOG.error("Config Admin cannot remove what {} defined", ConfFolder.shown(name), failure);
    }
  }

  /** Tries refused files again, as long as that helps: what stood in their way may be gone. */
  void retryRefused() {
    boolean helped;
    do {
      helped = false;
      for (Map.Entry<String, Seen> file : List.copyOf(files.entrySet())) {
        Seen seen = file.getValue();
        if (seen.refusal() != null && seen.reading() != null) {
          helped |= consider(file.getKey(), seen);
        }
      }
    } while (helped);
  }

  /** Checks again what a new check is for; what was in force unchecked may have to go. */
  void checkArrived(String pid) {
    for (String name : new TreeMap<>(files).descendingKeySet()) {
      for (ConfigurationId id : inForce.idsOf(name)) {
        if (id.pid().equals(pid) && !verify(name, id)) {
          break;
        }
      }
    }
    retryRefused();
    files.forEach(
        (name, seen) -> {
          if (seen.refusal() == null) {
            warn(name, seen.reading());
          }
        });
  }

  private boolean verify(String name, ConfigurationId id) {
    try {
      inForce.check(id, inForce.get(id).values());
      return true;
    } catch (InvalidConfiguration invalid) {
      withdraw(name);
      Seen seen = files.get(name);
      if (seen.refusal() == null) {
        String where = seen.reading().definitions().get(id).where();
        refuse(name, seen.refused(ConfFolder.shown(name) + ": " + where + invalid.getMessage()));
      } else {
        LOG.error(
            "What {} said before is refused too: {}", ConfFolder.shown(name), invalid.getMessage());
      }
      return false;
    }
  }

  /** The files on disk that define a configuration, in force or not. */
  Set<ConfFile> definersOf(ConfigurationId id) {
    Set<String> names = new LinkedHashSet<>();
    files.forEach(
        (name, seen) -> {
          if (seen.defines(id)) {
            names.add(name);
          }
        });
    names.addAll(ConfFile.namesOf(id));
    Set<ConfFile> definers = new LinkedHashSet<>();
    for (String name : names) {
      if (folder.has(name)) {
        ConfFile.of(name).ifPresent(definers::add);
      }
    }
    return definers;
  }
}
