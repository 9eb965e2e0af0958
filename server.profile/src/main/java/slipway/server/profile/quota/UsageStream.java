package slipway.server.profile.quota;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import slipway.profile.Usage;
import slipway.profile.UsageRun;
import slipway.server.profile.jfr.CpuSamples;
import slipway.server.profile.top.TallyStream;

/**
 * Measures by a stream of JFR's events, all the time and so at a low rate. Each {@link #BEAT} there
 * is another {@link Usage}. What it counts belongs to the thread of the stream.
 */
final class UsageStream implements UsageRun {

  private static final Duration BEAT = Duration.ofSeconds(2);

  private static final TallyStream.Rate RATE =
      new TallyStream.Rate(Duration.ofMillis(20), BEAT, 50, 16 << 20);

  /** Null if it is not measured. */
  private final RetainedHeap heap;

  private final Consumer<UsageStream> atEnd;
  private final TallyStream stream;
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private volatile Usage last = Usage.NONE;

  /**
   * Begins to measure.
   *
   * @param heap what measures the heap, closed with this; null if that is not to be measured
   * @param atEnd given this when it has ended, in any thread
   * @throws IllegalStateException if it cannot
   */
  UsageStream(CpuSamples kind, RetainedHeap heap, Consumer<UsageStream> atEnd) {
    this.heap = heap;
    this.atEnd = atEnd;
    this.stream = new TallyStream(kind, RATE);
    try {
      if (heap != null) {
        heap.set(stream.events());
      }
      stream.begin(this::measure, this::close);
      if (heap != null) {
        heap.begin();
      }
    } catch (RuntimeException failed) {
      close();
      throw failed;
    }
  }

  private void measure() {
    last = new Usage(stream.elapsed(), spent(), heap == null ? Map.of() : heap.retained());
  }

  private Map<String, Duration> spent() {
    Map<String, Duration> byService = new HashMap<>();
    stream
        .tally()
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
