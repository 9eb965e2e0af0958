package slipway.server.world;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * How busy a loop was in the last ten seconds. The loop counts, one thread samples once a second,
 * and any reads.
 */
final class LoopUse {

  private static final int SECONDS = 10;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Thread thread;
  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Nanoseconds that were spent on worlds; written by the loop. */
  private volatile long busy;

  /**
   * What there was at a moment, in nanoseconds.
   *
   * @param cpu time of a processor that the thread has had; negative if that is not known
   */
  private record Sample(long at, long busy, long cpu) {}

  LoopUse(Thread thread) {
    this.thread = thread;
  }

  /** Some time was spent on a world; the loop's own thread. */
  void worked(long nanos) {
    busy = busy + nanos;
  }

  /**
   * Takes a sample.
   *
   * @param now the time in nanoseconds
   */
  synchronized void sample(long now) {
    samples.addLast(new Sample(now, busy, THREADS.getThreadCpuTime(thread.threadId())));
    if (samples.size() > SECONDS + 1) {
      samples.removeFirst();
    }
  }

  /** The part of the time that was spent on worlds, at most 1; empty if it is not known yet. */
  synchronized OptionalDouble busy() {
    return share(samples.isEmpty() ? 0 : samples.getLast().busy() - samples.getFirst().busy());
  }

  /** The part of a processor that the thread has had; empty if it is not known. */
  synchronized OptionalDouble cpu() {
    boolean known = !samples.isEmpty() && samples.getFirst().cpu() >= 0;
    return known
        ? share(samples.getLast().cpu() - samples.getFirst().cpu())
        : OptionalDouble.empty();
  }

  private OptionalDouble share(long part) {
    long whole = samples.isEmpty() ? 0 : samples.getLast().at() - samples.getFirst().at();
    return whole <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.clamp((double) part / whole, 0.0, 1.0));
  }
}
