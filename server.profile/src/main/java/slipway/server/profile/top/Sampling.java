package slipway.server.profile.top;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import slipway.server.profile.jfr.CpuSamples;

/**
 * A look at what the threads of the JVM do, by a stream of JFR's events, from when it is made until
 * it is closed. Each second there is another {@link Measurement}.
 */
final class Sampling implements AutoCloseable {

  /** News as often as JFR flushes, which cannot be set. */
  private static final TallyStream.Rate RATE =
      new TallyStream.Rate(CpuSamples.PERIOD, Duration.ofSeconds(1), 500, 32 << 20);

  private static final String COLLECTIONS = "jdk.GCCPUTime";

  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by the lock. */
  private Measurement last = Measurement.NONE;

  private boolean isClosed;

  private final CpuSamples kind;
  private final HandlerLooks handlers;
  private final Consumer<Sampling> atEnd;
  private final TallyStream stream;

  /**
   * Begins to sample.
   *
   * @param handlers looks at event loops; closed with this
   * @param atEnd given this when it is closed, in any thread
   */
  Sampling(CpuSamples kind, HandlerLooks handlers, Consumer<Sampling> atEnd) {
    this.kind = kind;
    this.handlers = handlers;
    this.atEnd = atEnd;
    this.stream = new TallyStream(kind, RATE);
    try {
      stream.events().enable(COLLECTIONS);
      stream.events().onEvent(COLLECTIONS, stream.tally()::collection);
      handlers.begin();
      stream.begin(this::measure, this::close);
    } catch (RuntimeException failed) {
      close();
      throw failed;
    }
  }

  private void measure() {
    Measurement now =
        new Measurement(
            stream.elapsed().toNanos(),
            stream.tally().usages(ThreadUse.ofProcess(), handlers.times()));
    lock.lock();
    try {
      last = now;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What it finds whose code runs by. */
  CpuSamples kind() {
    return kind;
  }

  /**
   * Waits for what was measured from the beginning until after an earlier measurement.
   *
   * @param limit how long to wait
   * @return the same one as before if nothing comes within the limit, or it is closed
   */
  Measurement after(Measurement earlier, Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (last == earlier && !isClosed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** Ends it: no recording is left. May be called from any thread, any number of times. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (isClosed) {
        return;
      }
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    handlers.close();
    stream.close();
    atEnd.accept(this);
  }
}
