package slipway.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file whose bytes are locked: one by the process that is the host, and the one whose place is
 * the process's number. Nothing is written to it. No other class may open it in the host's process:
 * there the end of any channel gives up the locks of all.
 *
 * @param path where it is
 * @param base from where places count, so that several folders can share a file
 */
record LockFile(Path path, long base) {

  /** For as long as one that looks at the same moment may hold a lock, and longer. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** The byte whose lock makes a process the host. */
  private static final long HOST = 0;

  /**
   * Makes this process the host, as far as this file tells.
   *
   * @param pid the number of this process
   * @return what holds the locks until it is closed; empty if another process is the host
   */
  Optional<FileChannel> lock(long pid) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_ONLY);
    boolean locked = false;
    try {
      lockByte(channel, pid);
      locked = lockByte(channel, HOST);
      return locked ? Optional.of(channel) : Optional.empty();
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private boolean lockByte(FileChannel channel, long place) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (channel.tryLock(base + place, 1, false) == null) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Pause.briefly();
    }
    return true;
  }

  /** Whether some process is the host. */
  boolean isHeld() throws IOException {
    return holds(HOST);
  }

  /** Whether some process holds the byte of a number; false if there is no such file. */
  boolean holds(long place) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      return isLocked(channel, place);
    } catch (NoSuchFileException none) {
      return false;
    }
  }

  /** Looks for the process whose number is locked; empty if it cannot be seen from here. */
  Optional<ProcessHandle> search() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      for (ProcessHandle one : (Iterable<ProcessHandle>) all::iterator) {
        if (isLocked(channel, one.pid())) {
          return Optional.of(one);
        }
      }
      return Optional.empty();
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  private boolean isLocked(FileChannel channel, long place) throws IOException {
    try (FileLock lock = channel.tryLock(base + place, 1, false)) {
      return lock == null;
    }
  }
}
