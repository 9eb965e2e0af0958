package slipway.server.log;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import slipway.admin.LogRecord;

/**
 * Folds a flood of identical records: the first is written at once, those that follow it are
 * counted, and their count is written once in a while and before the next other record. For one
 * thread.
 */
final class Fold {

  private final InstantSource clock;
  private final Duration interval;
  private LogRecord last;
  private Instant written = Instant.MIN;
  private long repeated;

  /**
   * Makes an empty one.
   *
   * @param clock tells the time
   * @param interval how long a repetition is held back at most
   */
  Fold(InstantSource clock, Duration interval) {
    this.clock = clock;
    this.interval = interval;
  }

  /** What is to be written when a record comes, in this order; empty if it is held back. */
  List<LogRecord> take(LogRecord record) {
    Instant now = clock.instant();
    if (last != null && isSame(last, record) && now.isBefore(written.plus(interval))) {
      repeated++;
      return List.of();
    }
    List<LogRecord> due = new ArrayList<>(2);
    count().ifPresent(due::add);
    due.add(record);
    last = record;
    written = now;
    return due;
  }

  /** What is to be written when a record comes that is never held back, in this order. */
  List<LogRecord> takeEach(LogRecord record) {
    List<LogRecord> due = new ArrayList<>(2);
    count().ifPresent(due::add);
    due.add(record);
    last = null;
    return due;
  }

  /** The count of what was held back, if it has been for long enough. */
  Optional<LogRecord> due() {
    Instant now = clock.instant();
    if (repeated == 0 || now.isBefore(written.plus(interval))) {
      return Optional.empty();
    }
    written = now;
    return count();
  }

  /** The count of what is held back, however short, if anything is. */
  Optional<LogRecord> count() {
    if (repeated == 0) {
      return Optional.empty();
    }
    String message = "last message repeated " + repeated + (repeated == 1 ? " time" : " times");
    repeated = 0;
    return Optional.of(
        new LogRecord(
            0,
            clock.instant(),
            last.level(),
            last.type(),
            last.connection(),
            last.logger(),
            last.bundle(),
            message,
            List.of()));
  }

  /** Forgets what was. */
  void reset() {
    last = null;
    repeated = 0;
  }

  private static boolean isSame(LogRecord one, LogRecord other) {
    return one.level() == other.level()
        && one.logger().equals(other.logger())
        && one.connection().equals(other.connection())
        && one.message().equals(other.message())
        && one.stack().equals(other.stack());
  }
}
