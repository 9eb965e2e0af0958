package slipway.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Marker;
import slipway.admin.LogLevel;
import slipway.admin.LogRecord;

/**
 * The thread that writes the log, so that a thread that logs never waits for a disk. What it has
 * not written yet is bounded; what exceeds that is dropped, and the log says how much.
 *
 * <pre>
 *  NEW ──start──▶ RUNNING ──stop──▶ STOPPING ──all is written──▶ ENDED
 * </pre>
 */
final class LogThread {

  /** Events and tasks that may wait. */
  static final int WAITING = 8192;

  /** Characters of messages that may wait, however few the events are. */
  static final long WAITING_TEXT = 16L * 1024 * 1024;

  /** The marker of {@code slipway.service.LogContext.EACH}. */
  private static final String EACH = "slipway.each";

  private static final Duration FOLDED = Duration.ofSeconds(10);
  private static final long LOOK_MILLIS = 1000;
  private static final long STOP_MILLIS = 5000;

  private final LogFiles files;
  private final RecordOf records;
  private final InstantSource clock;
  private final Fold fold;
  private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong text = new AtomicLong();
  private final LongAdder dropped = new LongAdder();
  private final LogMeter meter = new LogMeter();
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean stopping;
  private long index;

  /** What waits for the thread. */
  private sealed interface Item {}

  private record Event(ILoggingEvent event, long thread, int length) implements Item {}

  private record Task(FutureTask<?> work) implements Item {}

  LogThread(LogFiles files, RecordOf records, InstantSource clock) {
    this.files = files;
    this.records = records;
    this.clock = clock;
    this.fold = new Fold(clock, FOLDED);
    this.thread = new Thread(this::run, "slipway-log");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Takes an event that is prepared for another thread. Never waits. */
  void offer(ILoggingEvent event) {
    String message = event.getFormattedMessage();
    int length = message == null ? 0 : message.length();
    if (text.addAndGet(length) > WAITING_TEXT
        || !queue.offer(new Event(event, Thread.currentThread().threadId(), length))) {
      text.addAndGet(-length);
      dropped.increment();
    }
  }

  /**
   * Does work between two records, in the log's thread.
   *
   * @throws IOException if it fails, or the log has ended
   */
  <T> T call(Callable<T> work) throws IOException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(work);
    if (stopping) {
      throw new IOException("the log has ended");
    }
    queue.put(new Task(task));
    try {
      return task.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IOException(String.valueOf(failed.getCause()), failed.getCause());
    } catch (CancellationException ended) {
      throw new IOException("the log has ended", ended);
    } catch (TimeoutException late) {
      throw new IOException("the log's thread does not answer", late);
    }
  }

  void follow(Follower follower) {
    followers.add(follower);
  }

  void unfollow(Follower follower) {
    followers.remove(follower);
  }

  /** What is counted of it. */
  LogMeter meter() {
    return meter;
  }

  /** The index of the record that was written last; for the log's thread. */
  long index() {
    return index;
  }

  /** Forgets what is held back; for the log's thread. */
  void forget() {
    fold.reset();
  }

  /** Writes everything that waits, within a few seconds, and ends. */
  void stop() throws InterruptedException {
    stopping = true;
    thread.join(STOP_MILLIS);
    followers.forEach(Follower::close);
  }

  private void run() {
    try {
      while (!stopping || !queue.isEmpty()) {
        Item item = stopping ? queue.poll() : queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (item instanceof Event event) {
          text.addAndGet(-event.length());
          log(event);
        } else if (item instanceof Task task) {
          task.work().run();
        }
        fold.due().ifPresent(this::write);
        tellDropped();
      }
      fold.count().ifPresent(this::write);
    } catch (InterruptedException nobodyInterruptsThisThread) {
      Thread.currentThread().interrupt();
    } finally {
      files.close();
      refuseWhatIsLeft();
    }
  }

  /** Tasks that came while it ended. */
  private void refuseWhatIsLeft() {
    for (Item left = queue.poll(); left != null; left = queue.poll()) {
      if (left instanceof Task task) {
        task.work().cancel(false);
      }
    }
  }

  /** One event that cannot be made a record must not end the log. */
  private void log(Event event) {
    try {
      LogRecord record = records.event(event.event(), event.thread());
      (isEach(event.event()) ? fold.takeEach(record) : fold.take(record)).forEach(this::write);
    } catch (RuntimeException failed) {
      write(
          RecordOf.own(
              LogLevel.ERROR,
              clock.instant(),
              "a record is lost: " + LineFormat.tame("" + failed)));
    }
  }

  private static boolean isEach(ILoggingEvent event) {
    List<Marker> markers = event.getMarkerList();
    return markers != null && markers.stream().anyMatch(marker -> marker.getName().equals(EACH));
  }

  private void tellDropped() {
    long count = dropped.sumThenReset();
    if (count > 0) {
      meter.dropped(count);
      write(
          RecordOf.own(
              LogLevel.WARN,
              clock.instant(),
              count + " records were dropped, as they came faster than they can be written"));
    }
  }

  /** Gives a record its index and writes it; for the log's thread. */
  void write(LogRecord record) {
    LogRecord written =
        new LogRecord(
            ++index,
            record.time(),
            record.level(),
            record.type(),
            record.connection(),
            record.logger(),
            record.bundle(),
            record.message(),
            record.stack());
    meter.written(record.level());
    files.write(written);
    followers.forEach(follower -> follower.offer(written));
  }
}
