package slipway.server.core.health;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import slipway.meter.Histogram;

/**
 * How long one thread lets the tasks wait that it is given. It gets a task now and then, and never
 * a second one while the first waits.
 *
 * <p>Time counts only as far as the meter looked, so that a process that was stopped has not been
 * slow. The meter's thread asks, the measured thread answers, and any thread reads.
 */
final class Lag {

  /** A loop that is free answers within a tenth of a millisecond. */
  private static final Duration[] BOUNDS =
      LongStream.of(
              100,
              250,
              500,
              1_000,
              2_500,
              5_000,
              10_000,
              25_000,
              50_000,
              100_000,
              250_000,
              500_000,
              1_000_000,
              2_500_000,
              5_000_000,
              10_000_000)
          .mapToObj(micros -> Duration.ofNanos(1000 * micros))
          .toArray(Duration[]::new);

  private final Executor thread;
  private final ThreadLag.Kind kind;
  private final Supplier<String> name;
  private final LongSupplier nanos;
  private final Histogram histogram = Histogram.ofTimes(BOUNDS);
  private volatile boolean waiting; // set by the meter's thread, reset by the measured one
  private volatile long waited; // of the task that waits; nanoseconds
  private volatile long last; // of the last one that was run; nanoseconds

  /**
   * Nothing was asked yet.
   *
   * @param thread runs what it is given one after the other
   * @param name its name; null while it has not begun, and then it is not asked
   * @param nanos the clock, as {@link System#nanoTime}
   */
  Lag(Executor thread, ThreadLag.Kind kind, Supplier<String> name, LongSupplier nanos) {
    this.thread = thread;
    this.kind = kind;
    this.name = name;
    this.nanos = nanos;
  }

  Executor thread() {
    return thread;
  }

  /**
   * Looks whether the task was run, and gives the next one if so. For the meter's thread.
   *
   * @param elapsed the time that counts since the last look
   * @param most the longest time that counts between two looks
   */
  void look(Duration elapsed, Duration most) {
    if (waiting) {
      waited += elapsed.toNanos();
    } else if (name.get() != null) {
      waited = 0;
      waiting = true;
      long asked = nanos.getAsLong();
      try {
        thread.execute(() -> answer(nanos.getAsLong() - asked, most));
      } catch (RejectedExecutionException ended) {
        waiting = false;
      }
    }
  }

  private void answer(long real, Duration most) {
    long counted = Math.min(real, waited + most.toNanos());
    last = counted;
    waiting = false;
    histogram.record(counted);
  }

  /** What is known now. */
  ThreadLag measured() {
    boolean waits = waiting;
    return new ThreadLag(
        kind,
        name.get() == null ? "" : name.get(),
        Duration.ofNanos(waits ? waited : 0),
        Duration.ofNanos(Math.max(last, waits ? waited : 0)),
        histogram.snapshot());
  }
}
