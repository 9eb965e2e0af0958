package slipway.server.config;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.InvalidConfiguration;
import slipway.server.config.text.Values;

/**
 * Lets files into force whole or refuses them whole, and knows why. A file that is refused is
 * remembered and tried again whenever something else has changed.
 *
 * <p>For one thread at a time: {@link Store} holds the lock.
 */
final class ConfFiles {

  private static final Logger LOG = LoggerFactory.getLogger(ConfFiles.class);

  private static final String NOTHING = "; nothing of it is in force";

  private final Checks checks;
  private final ConfigAdminMirror mirror;
  private final FileReader reader;
  private final FileStates states;
  private final FileWarnings warnings;
  private final Fallback fallback;
  private final FileEdits edits = new FileEdits();

  ConfFiles(ConfFolder folder, Checks checks, ConfigAdminMirror mirror, LastGood lastGood) {
    this.checks = checks;
    this.mirror = mirror;
    this.reader = new FileReader(folder);
    this.states = new FileStates(folder);
    this.warnings = new FileWarnings(folder, checks);
    this.fallback = new Fallback(mirror, checks, lastGood);
  }

  /** The files as they were found last. */
  FileStates states() {
    return states;
  }

  /**
   * Looks at a file that was made, changed or deleted; does nothing if it is as it was.
   *
   * @return false if it could not be read
   */
  boolean changed(String name) {
    Optional<ConfFile> file = ConfFile.of(name);
    if (file.isPresent()) {
      look(file.get());
      warnings.warnOfStrangers(file.get(), mirror.idsOf(name));
      retryRefused();
    }
    FileState state = states.get(name);
    return state == null || state.text() != null;
  }

  /** As {@link #changed}, but leaves refused files alone. */
  void look(ConfFile file) {
    FileState old = states.get(file.name());
    FileReader.Found found = reader.read(file, old);
    FileState seen = found.state();
    if (seen == null) {
      forget(file.name());
    } else if (old == null || seen.text() == null || !seen.text().equals(old.text())) {
      warnings.forget(file.name());
      Map<ConfigurationId, Map<String, Object>> before = valuesOf(file.name());
      consider(file.name(), seen);
      valuesOf(file.name())
          .forEach(
              (id, values) ->
                  edits.note(
                      id,
                      Values.differing(before.getOrDefault(id, Map.of()), values),
                      found.time()));
    }
  }

  private Map<ConfigurationId, Map<String, Object>> valuesOf(String file) {
    Map<ConfigurationId, Map<String, Object>> values = new TreeMap<>();
    mirror.idsOf(file).forEach(id -> values.put(id, mirror.get(id).values()));
    return values;
  }

  /**
   * A file as it is now, with its text. It has been looked at: what others have written is theirs,
   * and does not come into force with an edit of the host's.
   *
   * @return null if the file is gone
   * @throws InvalidConfiguration if it cannot be read
   */
  FileState current(ConfFile file) throws InvalidConfiguration {
    look(file);
    FileState state = states.get(file.name());
    if (state != null && state.text() == null) {
      throw new InvalidConfiguration(state.refusal());
    }
    return state;
  }

  /** When people have changed the files. */
  FileEdits edits() {
    return edits;
  }

  /** Takes a file into force, or refuses it. */
  private boolean consider(String name, FileState seen) {
    try {
      if (seen.reading() == null) {
        throw new InvalidConfiguration(seen.refusal());
      }
      accept(Map.of(name, seen));
      return true;
    } catch (InvalidConfiguration invalid) {
      if (seen.reading() != null) {
        fallback.restore(name, seen.reading());
      }
      refuse(name, seen.refused(invalid.getMessage()));
    } catch (IOException failure) {
      String reason = "Config Admin cannot save it in var/cache: " + IoReason.of(failure);
      refuse(name, seen.refused(ConfFolder.shown(name) + ": " + reason));
    }
    return false;
  }

  private void refuse(String name, FileState seen) {
    FileState old = states.put(name, seen);
    if (old == null || !seen.refusal().equals(old.refusal())) {
      tellRefused(seen, mirror.idsOf(name).isEmpty() ? NOTHING : Fallback.Outcome.OLDER.end());
    }
  }

  private static void tellRefused(FileState seen, String then) {
    LOG.error("{}. The file is refused{}", seen.refusal(), then);
  }

  /**
   * Takes files into force together.
   *
   * @param changes by file; one without a reading is gone
   */
  private void accept(Map<String, FileState> changes) throws InvalidConfiguration, IOException {
    apply(changes, mirror.plan(readings(changes)));
  }

  /** What files define, by file; one without a reading is gone. */
  static Map<String, Reading> readings(Map<String, FileState> changes) {
    Map<String, Reading> readings = new TreeMap<>();
    changes.forEach(
        (file, seen) -> readings.put(file, seen == null ? Reading.NOTHING : seen.reading()));
    return readings;
  }

  /**
   * Puts files into force.
   *
   * @param plan what {@link ConfigAdminMirror#plan} made of their readings
   */
  void apply(Map<String, FileState> changes, Map<ConfigurationId, ConfigAdminMirror.Entry> plan)
      throws IOException {
    Set<ConfigurationId> changed = mirror.apply(plan);
    changes.forEach(
        (file, seen) -> {
          if (seen == null) {
            states.remove(file);
            warnings.forget(file);
          } else {
            states.put(file, seen.accepted());
            warnings.warn(file, seen.reading());
          }
        });
    boolean removed = false;
    for (ConfigurationId id : changed) {
      ConfigAdminMirror.Entry entry = mirror.get(id);
      if (entry == null) {
        removed = true;
        edits.forget(id);
        LOG.info("{} is removed", id);
      } else {
        fallback.note(id);
        LOG.info("{} is as {} says", id, ConfFolder.shown(entry.file()));
      }
    }
    if (removed) {
      forgetGone();
    }
  }

  /** What no file defines any more is no longer remembered, either. */
  void forgetGone() {
    fallback.forgetIf(states::isGone);
  }

  /** Removes what a file defined. If other files define it too, they take over without a gap. */
  void forget(String name) {
    Set<ConfigurationId> ids = mirror.idsOf(name);
    Map<String, FileState> changes = new TreeMap<>();
    for (ConfigurationId id : ids) {
      for (ConfFile heir : states.definersOf(id)) {
        FileState seen = heir.name().equals(name) ? null : reader.readNow(heir);
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
      states.remove(name);
      changes.remove(name);
      changes.forEach(this::consider);
    } catch (IOException failure) {
      LOG.error("{} is gone, but Config Admin cannot follow", ConfFolder.shown(name), failure);
    }
    forgetGone();
  }

  private void withdraw(String name) {
    try {
      apply(Map.of(), mirror.plan(Map.of(name, Reading.NOTHING)));
    } catch (InvalidConfiguration | IOException failure) {
      LOG.error("Config Admin cannot remove what {} defined", ConfFolder.shown(name), failure);
    }
  }

  /** Tries refused files again, as long as that helps: what stood in their way may be gone. */
  void retryRefused() {
    boolean helped;
    do {
      helped = false;
      for (String name : states.names()) {
        FileState seen = states.get(name);
        if (seen != null
            && seen.refusal() != null
            && seen.reading() != null
            && !isDeserted(seen.reading())) {
          helped |= consider(name, seen);
        }
      }
    } while (helped);
  }

  /** The check that refused a file has to say that it is right now, and comes with its bundle. */
  private boolean isDeserted(Reading reading) {
    return reading.definitions().keySet().stream()
        .map(ConfigurationId::pid)
        .anyMatch(checks::isDeserted);
  }

  /** Checks again what a check that has come or gone is for; what is in force may have to go. */
  void checksChanged(String pid) {
    for (String name : states.names().descendingSet()) {
      for (ConfigurationId id : mirror.idsOf(name)) {
        if (id.pid().equals(pid)) {
          verify(name, id);
        }
      }
    }
    retryRefused();
    for (ConfigurationId id : mirror.ids()) {
      if (id.pid().equals(pid) && mirror.isTaken(id, mirror.get(id).values())) {
        fallback.note(id);
      }
    }
    states.forEach(
        (name, seen) -> {
          if (seen.refusal() == null) {
            warnings.warn(name, seen.reading());
          }
        });
  }

  private void verify(String name, ConfigurationId id) {
    try {
      mirror.check(id, mirror.get(id).values());
    } catch (InvalidConfiguration invalid) {
      Fallback.Outcome outcome = fallback.giveWay(id);
      FileState seen = states.get(name);
      String where = seen.defines(id) ? seen.reading().definitions().get(id).where() : "";
      FileState refused =
          seen.refused(ConfFolder.shown(name) + ": " + where + invalid.getMessage());
      if (seen.refusal() == null) {
        states.put(name, refused);
        tellRefused(refused, outcome.end());
      } else if (outcome != Fallback.Outcome.STAYS || !refused.refusal().equals(seen.refusal())) {
        LOG.error(
            "{}. What was in force of it is refused, too{}", refused.refusal(), outcome.end());
      }
    }
  }
}
