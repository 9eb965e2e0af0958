package slipway.server.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The database files that this host has had open. One that has gone since is not made again: an
 * empty database, made silently, would give the names of users to strangers.
 *
 * <p>Methods may be called from any thread.
 */
final class DataFiles {

  private final Set<Path> opened = ConcurrentHashMap.newKeySet();

  /** A database was opened in this file. */
  void opened(Path file) {
    opened.add(file);
  }

  /** Whether the file was there already. */
  boolean isKnown(Path file) {
    return opened.contains(file);
  }

  /**
   * Before a file is opened.
   *
   * @throws SQLException if it was there and is gone, or was emptied
   */
  void check(Path file) throws SQLException {
    if (isKnown(file)) {
      try {
        if (Files.size(file) == 0) {
          throw DataFile.gone(file);
        }
      } catch (IOException unreadable) {
        throw DataFile.gone(file);
      }
    }
  }
}
