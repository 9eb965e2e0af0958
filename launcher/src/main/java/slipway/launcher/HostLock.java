package slipway.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Says which process is the host of a folder. The operating system takes the lock from a process
 * that dies, however it dies, so that neither {@code kill -9} nor a pid that is used again leads
 * astray; the pid file only adds the number.
 */
final class HostLock {

  /** For as long a {@code status} that looks at the same moment may hold the lock, and longer. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Home home;
  private final FileChannel channel;

  private HostLock(Home home, FileChannel channel) {
    this.home = home;
    this.channel = channel;
  }

  /**
   * Makes this process the host. What an earlier host left is removed, then the pid is written: who
   * reads this process's pid reads no older ready file.
   *
   * @throws LaunchException if another process is the host
   */
  static HostLock acquire(Home home) throws LaunchException, IOException {
    FileChannel channel =
        FileChannel.open(home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!lock(channel)) {
        throw new LaunchException(
            ExitCode.FAILED,
            "a host runs in "
                + home.root()
                + " already"
                + readPid(home).map(pid -> " (pid " + pid + ")").orElse(""));
      }
      Files.deleteIfExists(home.readyFile());
      Files.writeString(home.pidFile(), ProcessHandle.current().pid() + "\n");
      return new HostLock(home, channel);
    } catch (IOException | LaunchException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (channel.tryLock() == null) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Pause.briefly();
    }
    return true;
  }

  /** The process that is the host; empty if there is none. */
  static Optional<ProcessHandle> holder(Home home) throws IOException {
    if (!isHeld(home)) {
      return Optional.empty();
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<ProcessHandle> process =
          readPid(home).flatMap(ProcessHandle::of).filter(handle -> wrote(handle, home.pidFile()));
      if (process.isPresent() || !isHeld(home) || System.nanoTime() > deadline) {
        return process;
      }
      // the host has its lock and has not yet written its pid
      Pause.briefly();
    }
  }

  /** Whether some process is the host. */
  static boolean isHeld(Home home) throws IOException {
    try (FileChannel channel = FileChannel.open(home.lockFile(), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (NoSuchFileException none) {
      return false;
    }
  }

  private static Optional<Long> readPid(Home home) {
    try {
      return Optional.of(
          Long.valueOf(Files.readString(home.pidFile(), StandardCharsets.US_ASCII).strip()));
    } catch (IOException | NumberFormatException none) {
      return Optional.empty();
    }
  }

  /** Whether a process can have written a file: it was there before. */
  private static boolean wrote(ProcessHandle process, Path file) {
    try {
      Instant written = Files.getLastModifiedTime(file).toInstant();
      return process
          .info()
          .startInstant()
          .map(start -> !start.isAfter(written.plusSeconds(1)))
          .orElse(true);
    } catch (IOException gone) {
      return false;
    }
  }

  /**
   * Removes what tells of this host. The lock itself goes with the process, so that whoever sees it
   * free knows that nothing of the process is left.
   */
  void tidy() throws IOException {
    Files.deleteIfExists(home.readyFile());
    Files.deleteIfExists(home.pidFile());
  }

  /** Lets another process, or this one again, become the host. */
  void release() throws IOException {
    tidy();
    channel.close();
  }
}
