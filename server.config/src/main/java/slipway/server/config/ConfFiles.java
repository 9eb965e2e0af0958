package slipway.server.config;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.RefusedFile;
import slipway.config.InvalidConfiguration;

/**
 * Lets files into force whole or refuses them whole, and knows why. A file that is refused is kept
 * in mind and tried again whenever something else has changed.
 *
 * <p>For one thread at a time: {@link Store} holds the lock.
 */
final class ConfFiles {

  private static final Logger LOG = LoggerFactory.getLogger(ConfFiles.class);

  private static final String GOES_ON = "; the last good configuration goes on";
  private static final String NOTHING = "; nothing of it is in force";
  private static final String NOTHING_LEFT =
      "; nothing that was in force before is taken either, so what it configures has its defaults,"
          + " or does not run";
  private static final String STAYS =
      "; it stays in force while another version takes it, as both take nothing else";

  /** How often a file is read anew if it is being written. */
  private static final int WHILE_WRITTEN = 10;

  /** How often it is, and at what distance, if it has just been emptied: as by who writes anew. */
  private static final int WHILE_EMPTY = 50;

  private static final long EMPTY_MILLIS = 5;

  private final ConfFolder folder;
  private final Checks checks;
  private final ConfigAdminMirror mirror;
  private final LastGood lastGood;
  private final Map<String, FileState> states = new TreeMap<>();
  private final Map<String, Set<String>> warnings = new TreeMap<>();
  private final FileEdits edits = new FileEdits();

  ConfFiles(ConfFolder folder, Checks checks, ConfigAdminMirror mirror, LastGood lastGood) {
    this.folder = folder;
    this.checks = checks;
    this.mirror = mirror;
    this.lastGood = lastGood;
  }

  /** The refusals now, ordered by file. */
  List<String> refusals() {
    return states.values().stream().map(FileState::refusal).filter(Objects::nonNull).toList();
  }

  /** The refusals of files that define configurations of a PID, or would; ordered by file. */
  List<RefusedFile> refusals(String pid) {
    return refusals(file -> file.canDefine(pid), pid::equals);
  }

  /** The refusals of the other files, and of those that define configurations of both. */
  List<RefusedFile> refusalsExcept(String pid) {
    return refusals(file -> file.isIni() || !file.canDefine(pid), other -> !other.equals(pid));
  }

  private List<RefusedFile> refusals(Predicate<ConfFile> files, Predicate<String> pids) {
    List<RefusedFile> refusals = new ArrayList<>();
    states.forEach(
        (name, seen) -> {
          if (seen.refusal() != null && files.test(ConfFile.of(name).orElseThrow())) {
            List<String> goOn =
                mirror.idsOf(name).stream()
                    .filter(id -> pids.test(id.pid()))
                    .map(ConfigurationId::name)
                    .toList();
            refusals.add(new RefusedFile(name, goOn, seen.reason(name)));
          }
        });
    return refusals;
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
      warnOfStranger(file.get());
      retryRefused();
    }
    FileState state = states.get(name);
    return state == null || state.text() != null;
  }

  /** A PID of ours that no bundle checks is most likely a slip in the file's name. */
  private void warnOfStranger(ConfFile file) {
    for (ConfigurationId id :
        file.isIni() ? Set.<ConfigurationId>of() : mirror.idsOf(file.name())) {
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
    FileState old = states.get(file.name());
    FileStamp stamp = null;
    FileState seen = null;
    int empty = 0;
    for (int i = 0;
        i < WHILE_WRITTEN && (i == 0 || !folder.stamp(file.name()).equals(stamp));
        i++) {
      do {
        stamp = folder.stamp(file.name()); // its time has to be that of the text
        seen = read(file);
      } while (isEmptied(old, seen) && empty++ < WHILE_EMPTY && pause());
    }
    if (seen == null) {
      forget(file.name());
    } else if (old == null || seen.text() == null || !seen.text().equals(old.text())) {
      warnings.remove(file.name());
      Map<ConfigurationId, Map<String, Object>> before = valuesOf(file.name());
      consider(file.name(), seen);
      Instant time = stamp.changed().toInstant();
      valuesOf(file.name())
          .forEach(
              (id, values) ->
                  edits.note(
                      id, Values.differing(before.getOrDefault(id, Map.of()), values), time));
    }
  }

  private static boolean isEmptied(FileState old, FileState seen) {
    return seen != null
        && "".equals(seen.text())
        && old != null
        && old.text() != null
        && !old.text().isEmpty();
  }

  /** Gives whoever writes a file a moment; false if there is no time. */
  private static boolean pause() {
    try {
      Thread.sleep(EMPTY_MILLIS);
      return true;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return false;
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

  /** Null if there is no such file. */
  private FileState read(ConfFile file) {
    try {
      return folder.read(file.name()).map(text -> FileState.of(file, text)).orElse(null);
    } catch (InvalidConfiguration unreadable) {
      return FileState.unreadable(file, unreadable);
    }
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
        restore(name, seen.reading());
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
      tellRefused(seen, mirror.idsOf(name).isEmpty() ? NOTHING : GOES_ON);
    }
  }

  private static void tellRefused(FileState seen, String then) {
    LOG.error("{}. The file is refused{}", seen.refusal(), then);
  }

  /**
   * What a refused file defines and nothing is in force of is as it was before, if that is known.
   */
  private void restore(String name, Reading reading) {
    reading
        .definitions()
        .forEach(
            (id, definition) -> {
              if (mirror.get(id) == null) {
                goBack(id, name, definition.yields());
              }
            });
  }

  /** Puts the newest values into force that were so before and that all checks take. */
  private boolean goBack(ConfigurationId id, String file, boolean yields) {
    for (Map<String, Object> values : lastGood.of(id)) {
      if (mirror.isTaken(id, values)) {
        put(id, new ConfigAdminMirror.Entry(file, values, yields));
        LOG.info("{} is as it was before {} was refused", id, ConfFolder.shown(file));
        return true;
      }
    }
    return false;
  }

  private void put(ConfigurationId id, ConfigAdminMirror.Entry entry) {
    try {
      mirror.put(id, entry);
    } catch (IOException failure) {
      LOG.error("Config Admin cannot change {}: {}", id, IoReason.of(failure), failure);
    }
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
            warnings.remove(file);
          } else {
            states.put(file, seen.accepted());
            warn(file, seen.reading());
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
        lastGood.note(id, entry.values(), checks.versions(id.pid()));
        LOG.info("{} is as {} says", id, ConfFolder.shown(entry.file()));
      }
    }
    if (removed) {
      forgetGone();
    }
  }

  /** What no file defines any more is no longer kept in mind, either. */
  void forgetGone() {
    FileState ini = states.get(ConfFile.INI);
    boolean unread = ini != null && ini.reading() == null;
    for (ConfigurationId id : lastGood.ids()) {
      boolean perhaps = unread && ConfFile.of(ConfFile.INI).orElseThrow().canDefine(id.pid());
      if (!perhaps && definersOf(id).isEmpty()) {
        lastGood.forget(id);
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
    if (Secrets.isIn(reading) && folder.isOpenToOthers(file)) {
      warn(
          file,
          "holds a password, and others than the host's user may read it: chmod 600 "
              + ConfFolder.shown(file));
    }
  }

  private void warn(String file, String warning) {
    if (warnings.computeIfAbsent(file, key -> new HashSet<>()).add(warning)) {
      LOG.warn("{}: {}", ConfFolder.shown(file), warning);
    }
  }

  /** Removes what a file defined. Where other files define it too, they take over without a gap. */
  void forget(String name) {
    Set<ConfigurationId> ids = mirror.idsOf(name);
    Map<String, FileState> changes = new TreeMap<>();
    for (ConfigurationId id : ids) {
      for (ConfFile heir : definersOf(id)) {
        FileState seen = heir.name().equals(name) ? null : read(heir);
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
      for (Map.Entry<String, FileState> file : List.copyOf(states.entrySet())) {
        FileState seen = file.getValue();
        if (seen.refusal() != null && seen.reading() != null && !isDeserted(seen.reading())) {
          helped |= consider(file.getKey(), seen);
        }
      }
    } while (helped);
  }

  /** Who has refused a file is to say that it is right now, and comes with the bundle. */
  private boolean isDeserted(Reading reading) {
    return reading.definitions().keySet().stream()
        .map(ConfigurationId::pid)
        .anyMatch(checks::isDeserted);
  }

  /** Checks again what a check that has come or gone is for; what is in force may have to go. */
  void checksChanged(String pid) {
    for (String name : new TreeMap<>(states).descendingKeySet()) {
      for (ConfigurationId id : mirror.idsOf(name)) {
        if (id.pid().equals(pid)) {
          verify(name, id);
        }
      }
    }
    retryRefused();
    for (ConfigurationId id : mirror.ids()) {
      if (id.pid().equals(pid) && mirror.isTaken(id, mirror.get(id).values())) {
        lastGood.note(id, mirror.get(id).values(), checks.versions(pid));
      }
    }
    states.forEach(
        (name, seen) -> {
          if (seen.refusal() == null) {
            warn(name, seen.reading());
          }
        });
  }

  private void verify(String name, ConfigurationId id) {
    ConfigAdminMirror.Entry entry = mirror.get(id);
    try {
      mirror.check(id, entry.values());
    } catch (InvalidConfiguration invalid) {
      String then = giveWay(id, entry);
      FileState seen = states.get(name);
      String where = seen.defines(id) ? seen.reading().definitions().get(id).where() : "";
      FileState refused =
          seen.refused(ConfFolder.shown(name) + ": " + where + invalid.getMessage());
      if (seen.refusal() == null) {
        states.put(name, refused);
        tellRefused(refused, then);
      } else if (!then.equals(STAYS) || !refused.refusal().equals(seen.refusal())) {
        LOG.error("{}. What was in force of it is refused, too{}", refused.refusal(), then);
      }
    }
  }

  /**
   * What a check refuses gives way to what it takes, and goes if nobody else takes it.
   *
   * @return what has come of it, as the end of a message
   */
  private String giveWay(ConfigurationId id, ConfigAdminMirror.Entry entry) {
    if (goBack(id, entry.file(), entry.yields())) {
      return GOES_ON;
    }
    if (mirror.isTakenByAny(id, entry.values())) {
      return STAYS;
    }
    put(id, null);
    return NOTHING_LEFT;
  }

  /** The files on disk that define a configuration, in force or not. */
  Set<ConfFile> definersOf(ConfigurationId id) {
    Set<String> names = new LinkedHashSet<>();
    states.forEach(
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
