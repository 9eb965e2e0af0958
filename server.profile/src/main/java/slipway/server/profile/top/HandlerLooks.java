package slipway.server.profile.top;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import slipway.admin.LoopAdmin;
import slipway.admin.LoopAdmin.Handling;
import slipway.server.profile.jfr.Owner;
import slipway.thread.ControlThread;

/**
 * For how long event loops are in whose handlers, also if these wait instead of computing: looked
 * at some hundred times a second, so that no handler has to be timed.
 */
final class HandlerLooks implements AutoCloseable {

  private static final long PAUSE_MILLIS = 5;

  private final LoopAdmin loops;
  private final LongSupplier nanos;
  private final ScheduledExecutorService thread = ControlThread.named("slipway-profile-loops");

  /** Guarded by this, as is the rest. */
  private final Map<Owner, Long> times = new HashMap<>();

  private long lastLook;

  /**
   * Makes it; it does not look yet.
   *
   * @param loops asked for the versions whose handlers event loops are in
   */
  HandlerLooks(LoopAdmin loops, LongSupplier nanos) {
    this.loops = loops;
    this.nanos = nanos;
  }

  /** Looks from now on, in a thread of its own. */
  void begin() {
    start();
    thread.scheduleWithFixedDelay(this::look, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** What event loops are at counts from now on. */
  synchronized void start() {
    lastLook = nanos.getAsLong();
  }

  /** Looks once: what event loops are at is counted for the time since the last look. */
  synchronized void look() {
    long now = nanos.getAsLong();
    long elapsed = now - lastLook;
    lastLook = now;
    for (Handling one : loops.handling()) {
      times.merge(new Owner(one.service(), one.version()), elapsed, Long::sum);
    }
  }

  /** Nanoseconds until now, of all event loops together. */
  synchronized Map<Owner, Long> times() {
    return Map.copyOf(times);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
