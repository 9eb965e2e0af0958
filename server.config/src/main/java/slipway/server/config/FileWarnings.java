package slipway.server.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of what is odd in files and not refused, once for each of their texts. For one thread at a
 * time: {@link Store} holds the lock.
 */
final class FileWarnings {

  private static final Logger LOG = LoggerFactory.getLogger(FileWarnings.class);

  private final ConfFolder folder;
  private final Checks checks;
  private final Map<String, Set<String>> told = new TreeMap<>();

  FileWarnings(ConfFolder folder, Checks checks) {
    this.folder = folder;
    this.checks = checks;
  }

  /** A file has another text, or is gone. */
  void forget(String file) {
    told.remove(file);
  }

  /** Warns of what a file in force defines. */
  void warn(String file, Reading reading) {
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

  /** If no bundle checks a PID of ours, the file's name is most likely misspelt. */
  void warnOfStrangers(ConfFile file, Set<ConfigurationId> defined) {
    if (file.isIni()) {
      return;
    }
    for (ConfigurationId id : defined) {
      if (id.isOwn() && !checks.pids().contains(id.pid())) {
        warn(
            file.name(),
            "no bundle knows the PID "
                + id.pid()
                + "; known are "
                + String.join(", ", checks.pids()));
      }
    }
  }

  private void warn(String file, String warning) {
    if (told.computeIfAbsent(file, key -> new HashSet<>()).add(warning)) {
      LOG.warn("{}: {}", ConfFolder.shown(file), warning);
    }
  }
}
