package slipway.server.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import slipway.admin.AdminException;
import slipway.admin.LogAdmin;
import slipway.admin.LogLevel;
import slipway.admin.LogQuery;
import slipway.admin.LogRecord;

/**
 * The log for operators. Records are read from the files, in the caller's thread, so that those of
 * earlier starts are there too and a long search delays nothing else.
 */
final class HostLogAdmin implements LogAdmin {

  private final LogThread thread;
  private final LogFiles files;
  private final Levels levels;
  private final InstantSource clock;
  private final Instant began;

  HostLogAdmin(LogThread thread, LogFiles files, Levels levels, InstantSource clock) {
    this.thread = thread;
    this.files = files;
    this.levels = levels;
    this.clock = clock;
    this.began = clock.instant();
  }

  /**
   * The files as they are between two records: what was rolled, and the file that is written, which
   * is open and stays readable when it is rolled.
   */
  private record Snapshot(BufferedReader current, List<Path> rolled, long index) {}

  @Override
  public List<LogRecord> records(LogQuery query) throws AdminException, InterruptedException {
    try {
      return read(query, thread.call(this::snapshot));
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }

  @Override
  public Following follow(LogQuery query) throws AdminException, InterruptedException {
    Follower follower = new Follower(query, thread::unfollow);
    boolean follows = false;
    try {
      Snapshot snapshot =
          thread.call(
              () -> {
                Snapshot before = snapshot();
                thread.follow(follower);
                return before;
              });
      follower.begin(read(query, snapshot));
      follows = true;
      return follower;
    } catch (IOException failed) {
      throw unreadable(failed);
    } finally {
      if (!follows) {
        follower.close();
      }
    }
  }

  private static AdminException unreadable(IOException failed) {
    return new AdminException("the log cannot be read: " + failed.getMessage(), failed);
  }

  private Snapshot snapshot() throws IOException {
    List<Path> all = files.all();
    BufferedReader current =
        all.isEmpty() ? new BufferedReader(Reader.nullReader()) : open(all.get(0));
    return new Snapshot(current, all.subList(Math.min(1, all.size()), all.size()), thread.index());
  }

  private static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8), 64 * 1024);
  }

  private List<LogRecord> read(LogQuery query, Snapshot snapshot) throws IOException {
    Deque<LogRecord> newest = new ArrayDeque<>();
    try (BufferedReader current = snapshot.current()) {
      // Those that follow the snapshot reach a follower by themselves.
      last(
          current,
          query,
          newest,
          record -> record.index() <= snapshot.index() || record.time().isBefore(began));
    }
    for (Path file : snapshot.rolled()) {
      if (newest.size() >= query.count()
          || Files.exists(file)
              && Files.getLastModifiedTime(file).toInstant().isBefore(query.since())) {
        break;
      }
      try (BufferedReader rolled = open(file)) {
        last(rolled, query, newest, any -> true);
      } catch (NoSuchFileException deletedMeanwhile) {
        break;
      }
    }
    return List.copyOf(newest);
  }

  /** Puts a file's last matching records before those that were found, as far as there is room. */
  private static void last(
      BufferedReader lines, LogQuery query, Deque<LogRecord> found, Predicate<LogRecord> filter)
      throws IOException {
    int room = query.count() - found.size();
    Deque<LogRecord> last = new ArrayDeque<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Optional<LogRecord> record = LineFormat.record(line);
      if (record.isPresent() && query.matches(record.get()) && filter.test(record.get())) {
        last.addLast(record.get());
        if (last.size() > room) {
          last.removeFirst();
        }
      }
    }
    List<LogRecord> ordered = new ArrayList<>(last);
    for (int i = ordered.size() - 1; i >= 0; i--) {
      found.addFirst(ordered.get(i));
    }
  }

  @Override
  public Extent extent() throws AdminException, InterruptedException {
    try {
      return thread.call(files::extent);
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }

  @Override
  public Extent clear() throws AdminException, InterruptedException {
    try {
      return thread.call(this::clearNow);
    } catch (IOException failed) {
      throw new AdminException("the log cannot be cleared: " + failed.getMessage(), failed);
    }
  }

  private Extent clearNow() throws IOException {
    thread.forget();
    try {
      Extent cleared = files.clear();
      tell("the log was cleared: files " + cleared.files() + ", bytes " + cleared.bytes());
      return cleared;
    } catch (IOException failed) {
      tell("the log was cleared, except for what could not be deleted");
      throw failed;
    }
  }

  private void tell(String message) {
    thread.write(RecordOf.own(LogLevel.INFO, clock.instant(), message));
  }

  @Override
  public List<LoggerLevel> levels() {
    return levels.all();
  }

  @Override
  public void setLevel(String logger, Optional<LogLevel> level) throws AdminException {
    levels.set(logger, level);
  }
}
