package slipway.server.config;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import slipway.config.InvalidConfiguration;
import slipway.server.config.ConfigAdminMirror.Entry;

/**
 * Changes configurations, each in the file that defines it and from there in Config Admin. What
 * people change in the files comes through {@link ConfFiles}.
 *
 * <p>For one thread at a time: {@link Store} holds the lock. Nothing here waits for another thread;
 * Config Admin tells components from threads of its own.
 */
final class Configurations {

  private static final int ATTEMPTS = 50;

  private final ConfFolder folder;
  private final ConfFiles files;
  private final ConfigAdminMirror mirror;

  Configurations(ConfFolder folder, ConfFiles files, ConfigAdminMirror mirror) {
    this.folder = folder;
    this.files = files;
    this.mirror = mirror;
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
    return files.states().definersOf(id).stream().findFirst().orElse(null);
  }

  /**
   * Makes edits, first in the files, then in Config Admin.
   *
   * @return false if another writer has changed a file meanwhile; then nothing is done
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
}
