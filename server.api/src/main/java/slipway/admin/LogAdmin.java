package slipway.admin;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The host's log and the levels of its loggers. Methods may be called from any thread. */
@ProviderType
public interface LogAdmin {

  /**
   * Records of the log, those of earlier starts of the host and of rolled files included.
   *
   * @return the newest that match, the oldest of them first
   * @throws AdminException if the files cannot be read
   * @throws InterruptedException if interrupted while waiting for the log's thread
   */
  List<LogRecord> records(LogQuery query) throws AdminException, InterruptedException;

  /**
   * The records as in {@link #records}, and then those that are logged from now on, without a gap.
   *
   * @param query what is asked for; the count bounds the records that are there already
   * @throws AdminException as {@link #records} does
   * @throws InterruptedException as {@link #records} does
   */
  Following follow(LogQuery query) throws AdminException, InterruptedException;

  /** What the log holds, as {@link #clear} would delete it. */
  Extent extent() throws AdminException, InterruptedException;

  /**
   * Deletes all records, those in rolled files too, and continues logging: the next record says
   * that the log was cleared.
   *
   * @return what was deleted
   * @throws AdminException if a file cannot be deleted; the others are, and logging continues
   * @throws InterruptedException if interrupted while waiting for the log's thread; it may still be
   *     cleared
   */
  Extent clear() throws AdminException, InterruptedException;

  /** The loggers that have a level of their own, ordered by name, {@code ROOT} first. */
  List<LoggerLevel> levels();

  /**
   * Gives a logger, and those below it that have none of their own, a level until the host ends.
   *
   * @param logger its name; {@code ROOT} is above all others
   * @param level the level; empty takes back what was set here, so that {@code conf/logback.xml}
   *     counts again
   * @throws AdminException if the name is no logger's
   */
  void setLevel(String logger, Optional<LogLevel> level) throws AdminException;

  /** Records as they are logged. Used by one thread; {@link #close} may be called by another. */
  interface Following extends AutoCloseable {
    /**
     * Waits for the next record. A reader that is too slow misses records, and gets one instead
     * that says how many.
     *
     * @return empty when the log has ended, or this is closed
     * @throws InterruptedException if interrupted while waiting
     */
    Optional<LogRecord> next() throws InterruptedException;

    @Override
    void close();
  }

  /**
   * How much there is.
   *
   * @param files how many files
   * @param bytes their lengths together
   */
  record Extent(int files, long bytes) {}

  /**
   * A logger's own level.
   *
   * @param logger the name
   * @param level the level
   * @param set whether it was set while running; otherwise {@code conf/logback.xml} says it
   */
  record LoggerLevel(String logger, LogLevel level, boolean set) {}
}
