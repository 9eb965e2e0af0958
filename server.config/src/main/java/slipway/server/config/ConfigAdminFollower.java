package slipway.server.config;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.InvalidConfiguration;
import slipway.server.config.ConfigAdminMirror.Entry;
import slipway.server.config.Journal.Write;
import slipway.server.config.text.Values;

/**
 * Follows what others do in Config Admin: what they edit there goes into the files through {@link
 * Configurations}, or is undone if it is refused.
 *
 * <p>This is why no edit in Config Admin is lost. {@link Journal} notes each with its values before
 * it becomes visible, in the order in which Config Admin stores. Edits are followed in that order:
 * what the file says now is changed under the keys that the edit has changed, against what Config
 * Admin held the moment before. So it does not matter if the host has overwritten the edit in
 * Config Admin before it has seen it. While an edit waits to be followed, the host does not write
 * to that configuration; after it, Config Admin is given what the file then says. Config Admin
 * makes writes visible a little after it has stored them, perhaps in another order, and then holds
 * something else than the file: each write is announced once it is visible, and {@link #follow}
 * then compares. What then differs and is not in the journal has been followed before, so it can be
 * replaced.
 *
 * <p>If a file and Config Admin are edited at the same time, both edits are kept; under one key the
 * later one counts, and a warning says so.
 *
 * <p>For one thread at a time: {@link Store} holds the lock.
 */
final class ConfigAdminFollower {

  private static final Logger LOG = LoggerFactory.getLogger(ConfigAdminFollower.class);

  private final ConfFolder folder;
  private final ConfFiles files;
  private final Configurations configurations;
  private final ConfigAdminMirror mirror;
  private final ConfigAdminClient admin;
  private final Journal journal;

  /** Edits that were refused, by PID: those after them are compared with what they were. */
  private final Map<String, Write> refused = new HashMap<>();

  ConfigAdminFollower(
      ConfFolder folder,
      ConfFiles files,
      Configurations configurations,
      ConfigAdminMirror mirror,
      ConfigAdminClient admin,
      Journal journal) {
    this.folder = folder;
    this.files = files;
    this.configurations = configurations;
    this.mirror = mirror;
    this.admin = admin;
    this.journal = journal;
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
    files.states().definersOf(id).forEach(files::look);
    if (write.after() == null) {
      if (write.pid().equals(id.cmPid())) {
        followRemoval(id, write.time());
      }
      return;
    }
    Map<String, Object> before = before(write);
    Deque<Merge> merges = new ArrayDeque<>();
    try {
      configurations.store(
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
          Values.shown(String.join(", ", keys)),
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
      configurations.remove(id);
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
