package slipway.server.world;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether a world has come to rest: nobody is in it, and nothing is on its way to it that its host
 * knows of. Belongs to the world's loop, except where it is said otherwise.
 */
final class Rest {

  /** How much work of the world is under way elsewhere. */
  private final AtomicInteger work = new AtomicInteger();

  /** Told of each frame; null while the world is not to come to rest. */
  private Settling settling;

  /** Work begins. */
  void begun() {
    work.incrementAndGet();
  }

  /** Work is over, and the world has mail of it; for any thread. */
  void done() {
    work.decrementAndGet();
  }

  /** The world takes no more sessions, and is to come to rest. */
  void settle(Settling all) {
    settling = all;
  }

  boolean isSettling() {
    return settling != null;
  }

  /** A frame is over; says whether nothing was or is to do, except work elsewhere. */
  void frame(HostWorld world, boolean quiet) {
    if (settling != null) {
      settling.frame(world, quiet && work.get() == 0 || !world.isRunning());
    }
  }
}
