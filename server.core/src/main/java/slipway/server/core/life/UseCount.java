package slipway.server.core.life;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the users of one version, and closes to new ones atomically: a version in use cannot be
 * released under its user, and a released one cannot be entered.
 *
 * <p>The count and the flag share one word, so that entering costs one compare-and-set. May be used
 * from any thread.
 */
final class UseCount {

  private static final int DRAINING = 1 << 31;

  private final AtomicInteger word = new AtomicInteger();

  /** Counts a user in; false, and nothing changed, while the version drains. */
  boolean enter() {
    int seen = word.get();
    while (seen >= 0) {
      if (word.compareAndSet(seen, seen + 1)) {
        return true;
      }
      seen = word.get();
    }
    return false;
  }

  /** Counts a user out; true if it was the last one. */
  boolean leave() {
    return (word.decrementAndGet() & ~DRAINING) == 0;
  }

  /** Lets nobody in from now on. */
  void drain() {
    word.getAndUpdate(seen -> seen | DRAINING);
  }

  /** Lets nobody in from now on, if nobody is in; otherwise false, and nothing changed. */
  boolean drainIfIdle() {
    return word.compareAndSet(0, DRAINING) || word.get() == DRAINING;
  }

  /** Lets users in again. */
  void reopen() {
    word.getAndUpdate(seen -> seen & ~DRAINING);
  }

  int count() {
    return word.get() & ~DRAINING;
  }
}
