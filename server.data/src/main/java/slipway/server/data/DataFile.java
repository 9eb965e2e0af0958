package slipway.server.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;

/**
 * A database's file as it was when it was opened. The system lets any process delete, move or
 * replace a file that is open, and its owner keeps writing into nowhere.
 *
 * <p>The file is never opened here: closing it would end the lock that the database has on it.
 *
 * @param path where it is
 * @param key what the system knows it by; null if it has no such thing
 */
record DataFile(Path path, Object key) {

  /** The state of a connection that has failed, in the SQL standard. */
  private static final String CONNECTION_FAILED = "08006";

  /**
   * Remembers a file that has just been opened.
   *
   * @throws SQLException if it is not there
   */
  static DataFile opened(Path path) throws SQLException {
    return new DataFile(path, attributes(path).fileKey());
  }

  /**
   * Finds the file in its place.
   *
   * @param size what it has at least
   * @throws SQLException if it is another one, or has lost its end
   */
  void check(long size) throws SQLException {
    BasicFileAttributes now = attributes(path);
    if (key != null && !key.equals(now.fileKey())) {
      throw new SQLException(
          "its file " + path + " was replaced while it was in use; the new one is opened now",
          CONNECTION_FAILED);
    }
    if (now.size() < size) {
      throw overwritten(path);
    }
  }

  /** The failure for a file whose content is not what was written. */
  static SQLException overwritten(Path path) {
    return new SQLException(
        "its file "
            + path
            + " was cut or overwritten while it was in use; stop the host before a backup is put"
            + " there",
        CONNECTION_FAILED);
  }

  private static BasicFileAttributes attributes(Path path) throws SQLException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException | NotDirectoryException missing) {
      throw gone(path);
    } catch (IOException failed) {
      if (Files.notExists(path)) {
        throw gone(path);
      }
      throw new SQLException("its file cannot be seen: " + failed, CONNECTION_FAILED, failed);
    }
  }

  /** The failure for a file that was there and is gone. */
  static SQLException gone(Path path) {
    return new SQLException(
        "its file "
            + path
            + " is gone or empty; put it back, or restart the host to begin with an empty database",
        CONNECTION_FAILED);
  }
}
