package slipway.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says which process is the host of a folder. The operating system takes the lock from a process
 * that dies, however it dies, so that neither {@code kill -9}, nor a pid that is used again, nor a
 * clock that was set can mislead. The pid file only adds the number, which a second lock vouches
 * for: that of the byte whose place in the lock file is the number.
 *
 * <p>All is locked twice, in {@code var/run} and outside of {@code var}: if {@code var} is deleted
 * while a host runs, no second one can start. If the folder outside cannot be written to, the first
 * lock decides alone.
 */
final class HostLock {

  /** Longer than a host that has its lock may take to write its pid. */
  private static final Duration NUMBER = Duration.ofSeconds(3);

  private final Home home;
  private final List<FileChannel> channels;

  private HostLock(Home home, List<FileChannel> channels) {
    this.home = home;
    this.channels = channels;
  }

  /**
   * Makes this process the host. What an earlier host left is removed, then the pid is written: a
   * process that reads this pid reads no older ready file.
   *
   * @throws LaunchException if another process is the host
   */
  static HostLock acquire(Home home) throws LaunchException, IOException {
    long pid = ProcessHandle.current().pid();
    List<FileChannel> channels = new ArrayList<>();
    boolean acquired = false;
    try {
      Optional<FileChannel> inner = home.lockFile().lock(pid);
      inner.ifPresent(channels::add);
      if (inner.isPresent()) {
        Files.deleteIfExists(home.readyFile());
        Files.writeString(home.pidFile(), pid + "\n");
        acquired = lockOutside(home, pid, channels);
      }
    } finally {
      if (!acquired) {
        close(channels); // what follows looks who has them
      }
    }
    HostLock lock = new HostLock(home, channels);
    if (acquired) {
      return lock;
    }
    if (!channels.isEmpty()) {
      lock.tidy(); // the host's own files were deleted, these are not its
    }
    throw taken(home);
  }

  /** Whether there is no other host that has a lock there. */
  private static boolean lockOutside(Home home, long pid, List<FileChannel> channels) {
    try {
      Optional<FileChannel> channel = home.outerLockFile().lock(pid);
      channel.ifPresent(channels::add);
      return channel.isPresent();
    } catch (IOException cannotBeWritten) {
      return true;
    }
  }

  private static LaunchException taken(Home home) {
    return new LaunchException(
        ExitCode.FAILED,
        "a host runs in "
            + home.root()
            + " already"
            + numbered(home).map(process -> " (pid " + process.pid() + ")").orElse(""));
  }

  /**
   * The process that is the host; empty if there is none.
   *
   * @throws LaunchException if there is one, and nothing says which process it is
   */
  static Optional<ProcessHandle> holder(Home home) throws IOException, LaunchException {
    long deadline = System.nanoTime() + NUMBER.toNanos();
    while (isHeld(home)) {
      Optional<ProcessHandle> process = numbered(home);
      if (process.isPresent()) {
        return process;
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
    return home.lockFile().isHeld() || isHeldOutside(home);
  }

  private static boolean isHeldOutside(Home home) {
    try {
      return home.outerLockFile().isHeld();
    } catch (IOException notThisUsers) {
      return false;
    }
  }

  /** The host by the number that it has written, or else by the one that it has locked. */
  private static Optional<ProcessHandle> numbered(Home home) {
    try {
      Optional<Long> pid = readPid(home);
      return pid.isPresent() && home.lockFile().holds(pid.get())
          ? ProcessHandle.of(pid.get())
          : home.outerLockFile().search();
    } catch (IOException notThisUsers) {
      return Optional.empty();
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
   * Removes the files that describe this host. The lock itself goes with the process: if it is
   * free, nothing of the process is left.
   */
  void tidy() throws IOException {
    Files.deleteIfExists(home.readyFile());
    Files.deleteIfExists(home.pidFile());
  }

  /** Whether the host, if there is one, has stopped in order and only its process has to end. */
  static boolean isTidied(Home home) {
    return Files.notExists(home.pidFile()) && Files.exists(home.run());
  }

  /** Lets another process, or this one again, become the host. */
  void release() throws IOException {
    tidy();
    close(channels);
  }

  private static void close(List<FileChannel> channels) throws IOException {
    for (FileChannel channel : channels) {
      channel.close();
    }
  }
}
