package slipway.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Says which process is the host of a folder. The operating system takes the lock from a process
 * that dies, however it dies, so that neither {@code kill -9}, nor a pid that is used again, nor a
 * clock that was set leads astray. The pid file only adds the number, which a second lock vouches
 * for: that of the byte whose place in the lock file is the number.
 */
final class HostLock {

  /** For as long a {@code status} that looks at the same moment may hold the lock, and longer. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** For as long a host that has its lock may take to write its pid, and longer. */
  private static final Duration NUMBER = Duration.ofSeconds(3);

  /** The byte whose lock makes a process the host. */
  private static final long HOST = 0;

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
      long pid = ProcessHandle.current().pid();
      lock(channel, pid);
      if (!lock(channel, HOST)) {
        throw new LaunchException(
            ExitCode.FAILED,
            "a host runs in "
                + home.root()
                + " already"
                + readPid(home).map(number -> " (pid " + number + ")").orElse(""));
      }
      Files.deleteIfExists(home.readyFile());
      Files.writeString(home.pidFile(), pid + "\n");
      return new HostLock(home, channel);
    } catch (IOException | LaunchException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean lock(FileChannel channel, long place) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (channel.tryLock(place, 1, false) == null) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Pause.briefly();
    }
    return true;
  }

  /**
   * The process that is the host; empty if there is none.
   *
   * @throws LaunchException if there is one, and nothing says which process it is
   */
  static Optional<ProcessHandle> holder(Home home) throws IOException, LaunchException {
    long deadline = System.nanoTime() + NUMBER.toNanos();
    while (isHeld(home)) {
      Optional<Long> pid = readPid(home);
      if (pid.isPresent() && isHeld(home, pid.get())) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid.get());
        if (process.isPresent()) {
          return process;
        }
      }
      if (System.nanoTime() > deadline) {
        throw new LaunchException(
            ExitCode.FAILED,
            "a host runs in "
                + home.root()
                + ", but "
                + home.pidFile()
                + " does not say which process it is: find it with ps or fuser, and end it by its"
                + " number");
      }
      // the host has its lock and has not yet written its pid
      Pause.briefly();
    }
    return Optional.empty();
  }

  /** Whether some process is the host. */
  static boolean isHeld(Home home) throws IOException {
    return isHeld(home, HOST);
  }

  private static boolean isHeld(Home home, long place) throws IOException {
    try (FileChannel channel = FileChannel.open(home.lockFile(), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock(place, 1, false)) {
      return lock == null;
    } catch (NoSuchFileException none) {
      return false;
    }
  }

  private static Optional<Long> readPid(Home home) {
    try {
      long pid =
          Long.parseLong(Files.readString(home.pidFile(), StandardCharsets.US_ASCII).strip());
      return pid > 0 ? Optional.of(pid) : Optional.empty();
    } catch (IOException | NumberFormatException none) {
      return Optional.empty();
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
