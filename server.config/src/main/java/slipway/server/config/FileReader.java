package slipway.server.config;

import java.time.Instant;
import slipway.config.InvalidConfiguration;

/**
 * Reads files that may be being written at this moment, and waits a little until they are complete.
 * Blocks for that, half a second at most.
 */
final class FileReader {

  /** How often a file is read again if it is being written. */
  private static final int WHILE_WRITTEN = 10;

  /** How often, and at what interval, if it has just been emptied, as before a new text. */
  private static final int WHILE_EMPTY = 50;

  private static final long EMPTY_MILLIS = 5;

  /**
   * What was found.
   *
   * @param state null if the file is gone
   * @param time when it was changed
   */
  record Found(FileState state, Instant time) {}

  private final ConfFolder folder;

  FileReader(ConfFolder folder) {
    this.folder = folder;
  }

  /**
   * Reads a file once nothing writes it.
   *
   * @param old how it was before; null if it was not there
   */
  Found read(ConfFile file, FileState old) {
    FileStamp stamp = null;
    FileState found = null;
    int empty = 0;
    for (int i = 0;
        i < WHILE_WRITTEN && (i == 0 || !folder.stamp(file.name()).equals(stamp));
        i++) {
      do {
        stamp = folder.stamp(file.name()); // its time has to be that of the text
        found = readNow(file);
      } while (isEmptied(old, found) && empty++ < WHILE_EMPTY && pause());
    }
    return new Found(found, stamp.changed().toInstant());
  }

  private static boolean isEmptied(FileState old, FileState found) {
    return found != null
        && "".equals(found.text())
        && old != null
        && old.text() != null
        && !old.text().isEmpty();
  }

  /** Gives the program that writes a file a moment; false if there is no time. */
  private static boolean pause() {
    try {
      Thread.sleep(EMPTY_MILLIS);
      return true;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Reads a file as it is; null if it is gone. */
  FileState readNow(ConfFile file) {
    try {
      return folder.read(file.name()).map(text -> FileState.of(file, text)).orElse(null);
    } catch (InvalidConfiguration unreadable) {
      return FileState.unreadable(file, unreadable);
    }
  }
}
