package slipway.server.profile.top;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordingStream;
import slipway.server.profile.jfr.Attribution;
import slipway.server.profile.jfr.CpuSamples;

/**
 * A look at what the threads of the JVM do, by a stream of JFR's events, from when it is made until
 * it is closed. Each second there is another {@link Measurement}.
 */
final class Sampling implements AutoCloseable {

  /** After how long the stream tells what has come: so it is, and cannot be set. */
  private static final Duration FLUSH = Duration.ofSeconds(1);

  /** An event that comes as often, whatever the threads do. */
  private static final String BEAT = "jdk.JavaThreadStatistics";

  /** What is kept on the disk for the stream, which reads it within seconds. */
  private static final Duration AGE = Duration.ofSeconds(30);

  private static final long SIZE = 32 << 20;

  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by the lock. */
  private Measurement last = Measurement.NONE;

  private boolean isClosed;

  private final CpuSamples kind;
  private final HandlerLooks handlers;
  private final Consumer<Sampling> atEnd;
  private final long begun;
  private final Tally tally;
  private final RecordingStream stream;

  /** Whether something has come since the last measurement; belongs to the stream's thread. */
  private boolean hasNews;

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
    this.stream = new RecordingStream();
    this.begun = System.nanoTime();
    this.tally = new Tally(kind, CpuSamples.PERIOD, ThreadUse.now(), ThreadUse.ofProcess());
    try {
      set();
      handlers.begin();
      stream.startAsync();
    } catch (RuntimeException failed) {
      close();
      throw failed;
    }
  }

  private void set() {
    stream.setReuse(false);
    stream.setMaxAge(AGE);
    stream.setMaxSize(SIZE);
    kind.set(stream.enable(kind.event()));
    stream.onEvent(kind.event(), tally::sample);
    stream.enable("jdk.ObjectAllocationSample").with("throttle", "500/s");
    stream.onEvent("jdk.ObjectAllocationSample", tally::allocation);
    stream.enable("jdk.GCCPUTime");
    stream.onEvent("jdk.GCCPUTime", tally::collection);
    stream.enable(BEAT).withPeriod(FLUSH);
    stream.onEvent(BEAT, beat -> hasNews = true);
    stream.enable(Attribution.VERSIONS).withPeriod(FLUSH);
    stream.onEvent(Attribution.VERSIONS, tally::version);
    stream.onFlush(this::flush);
    stream.onClose(this::close); // by JFR, if it cannot go on
  }

  /** Is called when nothing has come for a second, too, as what has come is being read. */
  private void flush() {
    if (!hasNews) {
      return;
    }
    hasNews = false;
    tally.flush(ThreadUse.now());
    Measurement now =
        new Measurement(
            System.nanoTime() - begun, tally.usages(ThreadUse.ofProcess(), handlers.times()));
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
