package slipway.server.log;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import slipway.admin.LogAdmin.Following;
import slipway.admin.LogLevel;
import slipway.admin.LogQuery;
import slipway.admin.LogRecord;

/**
 * A reader that follows the log while it is written: a bounded queue between the log's thread and
 * the reader's.
 */
final class Follower implements Following {

  /** Records that may wait for a reader. */
  static final int WAITING = 4096;

  private final LogQuery query;
  private final Runnable onClose;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<LogRecord> waiting = new ArrayDeque<>();
  private long missed;
  private boolean closed;

  Follower(LogQuery query, Consumer<Follower> onClose) {
    this.query = query;
    this.onClose = () -> onClose.accept(this);
  }

  /** Records that were there before; called before it is read. */
  void begin(Iterable<LogRecord> records) {
    lock.lock();
    try {
      Queue<LogRecord> since = new ArrayDeque<>(waiting);
      waiting.clear();
      records.forEach(waiting::add);
      waiting.addAll(since);
    } finally {
      lock.unlock();
    }
  }

  /** A record that was logged; never waits. */
  void offer(LogRecord record) {
    if (!query.matches(record)) {
      return;
    }
    lock.lock();
    try {
      if (waiting.size() >= WAITING + query.count() || missed > 0) {
        missed++;
      } else {
        waiting.add(record);
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<LogRecord> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && missed == 0 && !closed) {
        changed.await();
      }
      if (closed) {
        return Optional.empty();
      }
      LogRecord next = waiting.poll();
      if (next == null) {
        next =
            RecordOf.own(
                LogLevel.WARN,
                Instant.now(),
                missed + " records are not shown, as they come faster than they are read");
        missed = 0;
      }
      return Optional.of(next);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    onClose.run();
  }
}
