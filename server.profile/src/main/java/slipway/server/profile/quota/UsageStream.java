package slipway.server.profile.quota;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordingStream;
import slipway.profile.Usage;
import slipway.profile.UsageRun;
import slipway.server.profile.jfr.Attribution;
import slipway.server.profile.jfr.CpuSamples;
import slipway.server.profile.top.Tally;
import slipway.server.profile.top.ThreadUse;

/**
 * Measures by a stream of JFR's events, all the time and so at a low rate. Each {@link #BEAT} there
 * is another {@link Usage}. What it counts belongs to the thread of the stream.
 */
final class UsageStream implements UsageRun {

  /** How much of its time is between two samples of a thread. */
  private static final Duration PERIOD = Duration.ofMillis(20);

  private static final Duration BEAT = Duration.ofSeconds(2);

  /** An event that comes with each beat, whatever the threads do. */
  private static final String BEAT_EVENT = "jdk.JavaThreadStatistics";

  private static final String ALLOCATIONS = "jdk.ObjectAllocationSample";

  /** What is kept on the disk for the stream, which reads it within seconds. */
  private static final Duration AGE = Duration.ofSeconds(30);

  private static final long SIZE = 16 << 20;

  private final CpuSamples kind;

  /** Null if it is not measured. */
  private final RetainedHeap heap;

  private final Consumer<UsageStream> atEnd;
  private final RecordingStream stream = new RecordingStream();
  private final long begun;
  private final Tally tally;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  /** Whether a beat has come since the last measurement. */
  private boolean hasNews;

  private volatile Usage last = Usage.NONE;

  /**
   * Begins to measure.
   *
   * @param heap what measures the heap, closed with this; null if that is not to be measured
   * @param atEnd given this when it has ended, in any thread
   * @throws IllegalStateException if it cannot
   */
  UsageStream(CpuSamples kind, RetainedHeap heap, Consumer<UsageStream> atEnd) {
    this.kind = kind;
    this.heap = heap;
    this.atEnd = atEnd;
    this.begun = System.nanoTime();
    this.tally = new Tally(kind, PERIOD, ThreadUse.now(), ThreadUse.ofProcess());
    try {
      set();
      stream.startAsync();
      if (heap != null) {
        heap.begin();
      }
    } catch (RuntimeException failed) {
      close();
      throw failed;
    }
  }

  private void set() {
    stream.setReuse(false);
    stream.setMaxAge(AGE);
    stream.setMaxSize(SIZE);
    kind.set(stream.enable(kind.event()), PERIOD);
    stream.onEvent(kind.event(), tally::sample);
    stream.enable(ALLOCATIONS).with("throttle", "50/s");
    stream.onEvent(ALLOCATIONS, tally::allocation);
    stream.enable(BEAT_EVENT).withPeriod(BEAT);
    stream.onEvent(BEAT_EVENT, beat -> hasNews = true);
    stream.enable(Attribution.VERSIONS).withPeriod(BEAT);
    stream.onEvent(Attribution.VERSIONS, tally::version);
    if (heap != null) {
      heap.set(stream);
    }
    stream.onFlush(this::flush);
    stream.onClose(this::close); // by JFR, if it cannot go on
  }

  private void flush() {
    if (!hasNews) {
      return;
    }
    hasNews = false;
    tally.flush(ThreadUse.now());
    Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
    last = new Usage(elapsed, spent(), heap == null ? Map.of() : heap.retained());
  }

  private Map<String, Duration> spent() {
    Map<String, Duration> byService = new HashMap<>();
    tally
        .spent()
        .forEach(
            (owner, nanos) -> {
              if (owner.isOfVersion()) {
                byService.merge(owner.service(), Duration.ofNanos(nanos), Duration::plus);
              }
            });
    return byService;
  }

  @Override
  public Usage used() {
    if (isClosed.get()) {
      throw new IllegalStateException("the recorder of the JVM has ended");
    }
    return last;
  }

  /** Ends it: no recording is left. May be called from any thread, any number of times. */
  @Override
  public void close() {
    if (!isClosed.getAndSet(true)) {
      if (heap != null) {
        heap.close();
      }
      stream.close();
      atEnd.accept(this);
    }
  }
}
