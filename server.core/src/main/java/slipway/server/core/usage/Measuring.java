package slipway.server.core.usage;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.profile.Usage;
import slipway.profile.UsageProfiler;
import slipway.profile.UsageRun;

/**
 * Measures while there is something to measure for: opens a run when it is first asked, and another
 * one a while after one has failed. If it stays without, the log says so once. Belongs to one
 * thread.
 */
final class Measuring {

  private static final Logger LOG = LoggerFactory.getLogger(UsageGuard.class);

  /** How long to wait for another try, and for a profiler before that is worth a line. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  private final LongSupplier nanos;

  /** Null while there is none. */
  private UsageProfiler profiler;

  /** Null while nothing is measured. */
  private UsageRun run;

  /** Whether the run measures what is retained. */
  private boolean heap;

  /** When it was to be measured, and was not, for the first time; null while it is measured. */
  private Long missedSince;

  private long nextTry;
  private boolean isTold;

  Measuring(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** What measures from now on. */
  void by(UsageProfiler offered) {
    close();
    profiler = offered;
    nextTry = nanos.getAsLong();
  }

  /** It measures no longer. */
  void leave(UsageProfiler gone) {
    if (profiler == gone) {
      close();
      profiler = null;
    }
  }

  /**
   * What was used since the run began. Between two runs there is at least one empty answer, and
   * what was used in one has nothing to do with the other.
   *
   * @param withHeap whether what is retained is to be measured as well
   */
  Optional<Usage> look(boolean withHeap) {
    if (run != null && heap != withHeap) {
      end();
    }
    if (run == null) {
      heap = withHeap;
      open();
      return Optional.empty();
    }
    try {
      return Optional.of(run.used());
    } catch (IllegalStateException ended) {
      close();
      tell(ended.getMessage());
      return Optional.empty();
    }
  }

  private void open() {
    long now = nanos.getAsLong();
    if (missedSince == null) {
      missedSince = now;
    }
    if (profiler == null) {
      if (now - missedSince >= PAUSE.toNanos()) {
        tell("no bundle measures what services use");
      }
    } else if (nextTry - now <= 0) {
      try {
        run = profiler.begin(heap);
        missedSince = null;
        isTold = false;
      } catch (IllegalStateException failed) {
        nextTry = now + PAUSE.toNanos();
        tell(failed.getMessage());
      }
    }
  }

  private void tell(String why) {
    if (!isTold) {
      isTold = true;
      LOG.warn("max.cpu.share and max.heap.share have no effect now: {}", why);
    }
  }

  /** Measures no longer, until it is asked again. */
  void end() {
    close();
    missedSince = null;
    nextTry = nanos.getAsLong();
    isTold = false;
  }

  private void close() {
    if (run != null) {
      run.close();
      run = null;
      nextTry = nanos.getAsLong() + PAUSE.toNanos();
    }
  }
}
