package slipway.server.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.InvalidConfiguration;

/**
 * Owns what the files in {@code conf/} define and keeps Config Admin the same: takes a changed file
 * into force or refuses it whole, and writes into files what is changed elsewhere.
 *
 * <p>For one thread at a time: {@link Store} holds the lock. Nothing here waits for another thread;
 * Config Admin tells components from threads of its own.
 */
final class Configurations {

  private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);
  private static final int ATTEMPTS = 5;

  private final ConfFolder folder;
  private final Checks checks;
  private final InForce inForce;
  private final Map<String, Seen> files = new TreeMap<>();
  private final Map<String, Set<String>> warnings = new TreeMap<>();

  Configurations(ConfFolder folder, ConfigurationAdmin admin, Checks checks) {
    this.folder = folder;
    this.checks = checks;
    this.inForce = new InForce(admin, checks);
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
      retryRefused();
    }
  }

  private void look(ConfFile file) {
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

  private static Map<String, Reading> readings(Map<String, Seen> changes) {
    Map<String, Reading> readings = new TreeMap<>();
    changes.forEach(
        (file, seen) -> readings.put(file, seen == null ? Reading.NOTHING : seen.reading()));
    return readings;
  }

  private void apply(Map<String, Seen> changes, Map<ConfigurationId, InForce.Entry> plan)
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
    for (String warning : found) {
      if (warnings.computeIfAbsent(file, key -> new HashSet<>()).add(warning)) {
        LOG.warn("{}: {}", ConfFolder.shown(file), warning);
      }
    }
  }

  /** Removes what a file defined. Where other files define it too, they take over without a gap. */
  private void forget(String name) {
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
      }
      return false;
    }
  }

  /**
   * Changes a configuration in the file that defines it, or in a new one, and puts it into force.
   *
   * @param change from the values that the file gives it to those wanted
   */
  void store(ConfigurationId id, UnaryOperator<Map<String, Object>> change)
      throws IOException, InvalidConfiguration {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      ConfFile home = home(id);
      String text = home == null ? null : folder.read(home.name()).orElse("");
      if (commit(Edit.change(id, home, text, change))) {
        return;
      }
    }
    throw new IOException(id + " cannot be saved: its file is being changed by others");
  }

  /** Removes a configuration from the file that defines it and from Config Admin. */
  void remove(ConfigurationId id) throws IOException {
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        ConfFile home = home(id);
        if (home == null) {
          return;
        }
        String text = home.isIni() ? folder.read(home.name()).orElse("") : null;
        Edit edit = Edit.remove(id, home, text);
        if (home.isIni() ? commit(List.of(edit)) : delete(edit)) {
          return;
        }
      }
    } catch (InvalidConfiguration invalid) {
      throw new IOException(id + " cannot be removed: " + invalid.getMessage(), invalid);
    }
    throw new IOException(id + " cannot be removed: its file is being changed by others");
  }

  private boolean delete(Edit edit) throws IOException {
    folder.delete(edit.file().name());
    forget(edit.file().name());
    return true;
  }

  /** The file that defines a configuration, or would if it were not refused; null if none does. */
  private ConfFile home(ConfigurationId id) {
    InForce.Entry entry = inForce.get(id);
    if (entry != null && !folder.has(entry.file())) {
      forget(entry.file()); // it was deleted a moment ago
      entry = inForce.get(id);
    }
    if (entry != null) {
      return ConfFile.of(entry.file()).orElseThrow();
    }
    return definersOf(id).stream().findFirst().orElse(null);
  }

  /** The files on disk that define a configuration, in force or not. */
  private Set<ConfFile> definersOf(ConfigurationId id) {
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

  /**
   * Makes edits, first in the files, then in Config Admin.
   *
   * @return false if somebody else has changed a file meanwhile; then nothing is done
   * @throws InvalidConfiguration if the result would be refused
   * @throws IOException if that fails; what was done is undone
   */
  private boolean commit(List<Edit> edits) throws IOException, InvalidConfiguration {
    Map<String, Seen> changes = new LinkedHashMap<>();
    for (Edit edit : edits) {
      Seen seen = Seen.of(edit.file(), edit.after());
      if (seen.refusal() != null) {
        throw new InvalidConfiguration(seen.refusal());
      }
      changes.put(edit.file().name(), seen);
    }
    Map<ConfigurationId, InForce.Entry> plan = inForce.plan(readings(changes));
    for (Edit edit : edits) {
      if (!edit.isCurrent(folder)) {
        return false;
      }
    }
    Edit.write(folder, edits);
    try {
      apply(changes, plan);
    } catch (IOException failure) {
      Edit.undo(folder, edits.reversed(), failure);
      throw failure;
    }
    return true;
  }

  /**
   * Follows what somebody else has done in Config Admin: writes it into a file, or puts back what
   * the files say if it is refused. Does nothing where the two are the same. What a person has
   * written into a file meanwhile comes first.
   *
   * @param cmPid the PID that Config Admin knows; a factory configuration without a name has one
   *     that is made up, and gets one of the form {@code FACTORY~NAME}
   */
  void reconcile(ConfigurationId id, String cmPid) throws IOException {
    if (!id.isOwn() && inForce.get(id) == null) {
      return;
    }
    inForce.look(id);
    definersOf(id).forEach(this::look);
    if (!cmPid.equals(id.cmPid())) {
      Map<String, Object> madeUp = inForce.find(cmPid).map(Values::of).orElse(null);
      if (madeUp != null) {
        followChange(id, cmPid, madeUp);
        inForce.delete(cmPid);
      }
      return;
    }
    Map<String, Object> present = inForce.look(id);
    InForce.Entry entry = inForce.get(id);
    if (present == null && entry != null) {
      followRemoval(id, entry);
    } else if (present != null && (entry == null || !Values.same(entry.values(), present))) {
      followChange(id, cmPid, present);
    }
  }

  private void followRemoval(ConfigurationId id, InForce.Entry entry) throws IOException {
    try {
      remove(id);
    } catch (IOException failure) {
      LOG.error("{} was removed from Config Admin and is put back", id, failure);
      inForce.put(id, entry);
    }
  }

  private void followChange(ConfigurationId id, String cmPid, Map<String, Object> present)
      throws IOException {
    try {
      store(id, current -> present);
    } catch (InvalidConfiguration | IOException refused) {
      LOG.error(
          "An edit of {} in Config Admin is undone: {}",
          id,
          refused.getMessage(),
          refused instanceof IOException ? refused : null);
      InForce.Entry entry = inForce.get(id);
      if (entry == null) {
        inForce.delete(cmPid);
      } else {
        inForce.put(id, entry);
      }
    }
  }

  /** Reads the whole folder and removes from Config Admin what came from files that are gone. */
  void scan() throws IOException {
    for (String name : folder.names()) {
      ConfFile.of(name).ifPresent(this::look);
    }
    retryRefused();
    for (var configuration : inForce.all()) {
      String cmPid = configuration.getPid();
      ConfigurationId id = ConfigurationId.of(cmPid, configuration.getFactoryPid());
      if (inForce.get(id) != null && cmPid.equals(id.cmPid())) {
        continue;
      }
      if (configuration.getProperties().get(Values.FILE) != null) {
        configuration.delete();
      } else {
        reconcile(id, cmPid);
      }
    }
  }
}
