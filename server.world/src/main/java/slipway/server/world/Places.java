package slipway.server.world;

import java.util.concurrent.atomic.AtomicInteger;

/** How many sessions are in a world, or on their way to it. May be used from any thread. */
final class Places {

  private final AtomicInteger taken = new AtomicInteger();

  /** Takes one, if fewer than the most are taken. */
  boolean take(int most) {
    return taken.getAndUpdate(now -> now < most ? now + 1 : now) < most;
  }

  /** Gives one back. */
  void free() {
    taken.decrementAndGet();
  }

  int taken() {
    return taken.get();
  }
}
