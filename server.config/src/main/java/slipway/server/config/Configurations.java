package slipway.server.config;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.InvalidConfiguration;
import slipway.server.config.ConfigAdminMirror.Entry;
import slipway.server.config.Journal.Write;

/**
 * Changes configurations for commands and for those who edit them in Config Admin: in the file that
 * defines a configuration, and from there in Config Admin. What people change in the files comes
 * through {@link ConfFiles}.
 *
 * <p>No edit in Config Admin is lost, and this is why. {@link Journal} notes each with its values
 * before anybody can see it, in the order in which Config Admin stores. Edits are followed in that
 * order: what the file says now is changed under the keys that the edit has changed, against what
 * Config Admin held the moment before. So it does not matter if the host has overwritten the edit
 * in Config Admin before it has seen it. While an edit waits to be followed, the host does not
 * write to that configuration; after it, Config Admin is given what the file then says. Config
 * Admin makes writes visible a little after it has stored them, perhaps in another order, and then
 * holds something else than the file: each write is announced once it is visible, and {@link
 * #follow} then compares. What differs then and is not in the journal has been followed before, so
 * that it can be replaced.
 *
 * <p>If a file and Config Admin are edited at the same time, both edits are kept; under one key the
 * later one counts, and a warning says so.
 *
 * <p>For one thread at a time: {@link Store} holds the lock. Nothing here waits for another thread;
 * Config Admin tells components from threads of its own.
 */
final class Configurations {

  private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);
  private static final int ATTEMPTS = 50;

  private final ConfFolder folder;
  private final ConfFiles files;
  private final ConfigAdminMirror mirror;
  private final ConfigAdminClient admin;
  private final Journal journal;

  /** Edits that were refused, by PID: those after them are compared with what they were. */
  private final Map<String, Write> refused = new HashMap<>();

  Configurations(
      ConfFolder folder,
      ConfFiles files,
      ConfigAdminMirror mirror,
      ConfigAdminClient admin,
      Journal journal) {
    this.folder = folder;
    this.files = files;
    this.mirror = mirror;
    this.admin = admin;
    this.journal = journal;
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
      String text = null;
      if (home != null) {
        FileState seen = files.current(home);
        if (seen == null) {
          continue; // it was deleted just now
        }
        text = seen.text();
      }
      if (commit(Edit.change(id, home, text, change))) {
        return;
      }
    }
    throw busy(id);
  }

  /**
   * As {@link #store}, but only if a file defines the configuration.
   *
   * @return false if none does; then nothing is done
   * @throws InvalidConfiguration also if the file that is to define it is refused and does not
   */
  boolean change(ConfigurationId id, UnaryOperator<Map<String, Object>> change)
      throws IOException, InvalidConfiguration {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      ConfFile home = home(id);
      if (home == null) {
        return false;
      }
      FileState seen = files.current(home);
      if (seen == null) {
        continue; // it was deleted just now
      }
      if (!seen.defines(id)) {
        if (seen.refusal() != null) {
          throw new InvalidConfiguration(seen.refusal());
        }
        continue; // it did until just now
      }
      if (commit(Edit.change(id, home, seen.text(), change))) {
        return true;
      }
    }
    throw busy(id);
  }

  private static IOException busy(ConfigurationId id) {
    return new IOException(id + " cannot be saved: its file is being changed by others");
  }

  /** Removes a configuration from the file that defines it and from Config Admin. */
  void remove(ConfigurationId id) throws IOException {
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        ConfFile home = home(id);
        if (home == null) {
          return;
        }
        FileState seen = files.current(home);
        if (seen == null) {
          continue; // it was deleted just now
        }
        Edit edit = Edit.remove(id, home, seen.text());
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
    files.forget(edit.file().name());
    return true;
  }

  /** The file that defines a configuration, or would if it were not refused; null if none does. */
  private ConfFile home(ConfigurationId id) {
    Entry entry = mirror.get(id);
    if (entry != null && !folder.has(entry.file())) {
      files.forget(entry.file()); // it was deleted a moment ago
      entry = mirror.get(id);
    }
    if (entry != null) {
      return ConfFile.of(entry.file()).orElseThrow();
    }
    return files.definersOf(id).stream().findFirst().orElse(null);
  }

  /**
   * Makes edits, first in the files, then in Config Admin.
   *
   * @return false if somebody else has changed a file meanwhile; then nothing is done
   * @throws InvalidConfiguration if the result would be refused
   * @throws IOException if that fails; what was done is undone
   */
  private boolean commit(List<Edit> edits) throws IOException, InvalidConfiguration {
    Map<String, FileState> changes = new LinkedHashMap<>();
    for (Edit edit : edits) {
      FileState seen = FileState.of(edit.file(), edit.after());
      if (seen.refusal() != null) {
        throw new InvalidConfiguration(seen.refusal());
      }
      changes.put(edit.file().name(), seen);
    }
    Map<ConfigurationId, Entry> plan = mirror.plan(ConfFiles.readings(changes));
    if (!Edit.write(folder, edits)) {
      return false;
    }
    try {
      files.apply(changes, plan);
    } catch (IOException failure) {
      Edit.undo(folder, edits.reversed(), failure);
      throw new IOException(
          "Config Admin cannot save it in var/cache: " + IoReason.of(failure), failure);
    }
    return true;
  }

  /**
   * Follows what others have done in Config Admin, in its order: writes it into files, or undoes it
   * if it is refused.
   */
  void follow() throws IOException {
    for (Write write = journal.first(); write != null; write = journal.first()) {
      ConfigurationId id = ConfigurationId.of(write.pid(), write.factoryPid());
      boolean ours = id.isOwn() || mirror.get(id) != null;
      try {
        if (ours) {
          follow(id, write);
        }
      } finally {
        journal.followed();
      }
      if (ours) {
        compare(id, write.pid());
      }
    }
  }

  /**
   * As {@link #follow()}; then compares a configuration in Config Admin with its file, and gives
   * Config Admin what the file says if they differ.
   *
   * @param cmPid the PID that Config Admin knows; a factory configuration without a name has one
   *     that is made up, and gets one of the form {@code FACTORY~NAME}
   */
  void follow(ConfigurationId id, String cmPid) throws IOException {
    follow();
    if (id.isOwn() || mirror.get(id) != null) {
      compare(id, cmPid);
    }
  }

  private void compare(ConfigurationId id, String cmPid) throws IOException {
    if (!cmPid.equals(id.cmPid()) && !journal.hasWriteOf(cmPid)) {
      admin.delete(cmPid);
    }
    if (mirror.settle(id)) {
      Entry entry = mirror.get(id);
      LOG.info(
          "{} is {}",
          id,
          entry == null ? "removed" : "as " + ConfFolder.shown(entry.file()) + " says");
    }
    if (!journal.hasWriteOf(cmPid)) {
      refused.remove(cmPid);
    }
  }

  private void follow(ConfigurationId id, Write write) throws IOException {
    // what a person has written into the file until now comes first
    files.definersOf(id).forEach(files::look);
    if (write.after() == null) {
      if (write.pid().equals(id.cmPid())) {
        followRemoval(id, write.time());
      }
      return;
    }
    Map<String, Object> before = before(write);
    Deque<Merge> merges = new ArrayDeque<>();
    try {
      store(
          id,
          current -> {
            merges.push(merge(id, current, before, write));
            return merges.peek().wanted();
          });
      refused.remove(write.pid());
      warnOfBoth(id, merges.peek().ofAdmin(), "Config Admin");
      warnOfBoth(id, merges.peek().ofFile(), "the file");
    } catch (InvalidConfiguration | IOException refusal) {
      refused.put(
          write.pid(),
          new Write(write.pid(), write.factoryPid(), before, write.after(), write.time()));
      LOG.error(
          "An edit of {} in Config Admin is undone: {}",
          id,
          refusal.getMessage(),
          refusal instanceof IOException ? refusal : null);
    }
  }

  /** What an edit has changed is compared with; what was refused before it never was. */
  private Map<String, Object> before(Write write) {
    Write last = refused.get(write.pid());
    Map<String, Object> before =
        last != null && last.after() == write.before() ? last.before() : write.before();
    return before == null ? Map.of() : before;
  }

  /**
   * The values that the file has at this moment, with an edit. The disk says when a person has
   * changed a file: its steps are coarse, and what comes in one step counts as Config Admin's.
   */
  private Merge merge(
      ConfigurationId id, Map<String, Object> current, Map<String, Object> before, Write write) {
    return mirror.get(id) == null
        ? Merge.alone(write.after())
        : Merge.of(
            current, before, write.after(), key -> files.edits().isLater(id, key, write.time()));
  }

  private void warnOfBoth(ConfigurationId id, Set<String> keys, String counts) {
    Entry entry = mirror.get(id);
    if (!keys.isEmpty() && entry != null) {
      LOG.warn(
          "{}: {} was edited in Config Admin at the same time; what {} says counts",
          ConfFolder.shown(entry.file()),
          Checks.shown(String.join(", ", keys)),
          counts);
    }
  }

  private void followRemoval(ConfigurationId id, Instant time) {
    if (files.edits().isLater(id, time)) {
      LOG.warn(
          "{} was edited after {} was removed in Config Admin; what the file says counts",
          ConfFolder.shown(mirror.get(id).file()),
          id);
      return;
    }
    try {
      remove(id);
    } catch (IOException failure) {
      LOG.error(
          "The removal of {} in Config Admin is undone: {}", id, failure.getMessage(), failure);
    }
  }

  /** Reads the whole folder, and removes from Config Admin what no file defines. */
  void scan() throws IOException {
    for (String name : folder.names()) {
      ConfFile.of(name).ifPresent(files::look);
    }
    files.retryRefused();
    files.forgetGone();
    follow();
    for (var configuration : admin.all()) {
      String cmPid = configuration.getPid();
      follow(ConfigurationId.of(cmPid, configuration.getFactoryPid()), cmPid);
    }
  }
}
