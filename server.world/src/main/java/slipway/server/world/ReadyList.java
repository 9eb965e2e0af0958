package slipway.server.world;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Members for which there is something to do. Any thread adds, without a lock and without an
 * object; one thread takes all of them at a time.
 */
final class ReadyList {

  /** The last one that was added. */
  private final AtomicReference<Membership> last = new AtomicReference<>();

  /** Adds one that is on no list. */
  void add(Membership ready) {
    Membership before;
    do {
      before = last.getPlain();
      ready.next = before;
    } while (!last.compareAndSet(before, ready));
  }

  /**
   * Takes all.
   *
   * @return the one that was added first, with the others behind it; null if there is none
   */
  Membership takeAll() {
    if (last.getAcquire() == null) {
      return null;
    }
    Membership each = last.getAndSet(null);
    Membership first = null;
    while (each != null) {
      Membership before = each.next;
      each.next = first;
      first = each;
      each = before;
    }
    return first;
  }
}
