package slipway.server.acceptor;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps some of the process's file descriptors for the host and its operators: for a command, a
 * jar, a new file of the log. While there are no more than these, acceptors of users accept no
 * clients.
 *
 * <p>The system gives the lowest number that is free, so the number of a client's descriptor tells
 * how many are in use at least, and nothing is counted for each client. Counting reads a folder as
 * long as all descriptors are many: it is done while they are short, and, if a channel does not
 * tell its number, less often the more there are left. May be used from any thread.
 */
final class Descriptors {

  private static final Logger LOG = LoggerFactory.getLogger(Descriptors.class);
  private static final long LEAST = 16;
  private static final long MOST = 64;

  private final LongSupplier limit;
  private final LongSupplier open;
  private final AtomicBoolean isShort = new AtomicBoolean();
  private final AtomicLong unseen = new AtomicLong();
  private volatile long most;
  private volatile Runnable whenShort = () -> {};

  /**
   * Looks at a process.
   *
   * @param limit how many it may have; not positive if that is unknown
   * @param open counts how many it has
   */
  Descriptors(LongSupplier limit, LongSupplier open) {
    this.limit = limit;
    this.open = open;
    this.most = limit.getAsLong();
  }

  /** Sets what looks again, by {@link #look}, until there are enough; called in any thread. */
  void whenShort(Runnable action) {
    whenShort = action;
  }

  /** Whether clients have to wait. */
  boolean areShort() {
    return isShort.get();
  }

  private long kept() {
    return Math.clamp(most / 8, LEAST, MOST);
  }

  /**
   * A client of users has been accepted.
   *
   * @param number its descriptor's number, if its channel tells it
   */
  void taken(OptionalInt number) {
    if (most <= 0 || areShort()) {
      return;
    }
    if (number.isPresent()) {
      if (number.getAsInt() >= most - kept()) {
        begin();
      }
    } else if (unseen.decrementAndGet() <= 0) {
      long free = most - open.getAsLong() - kept();
      unseen.set(free / 2);
      if (free <= 0) {
        begin();
      }
    }
  }

  /** The system has refused one. */
  void refused() {
    if (most > 0) {
      begin();
    }
  }

  private void begin() {
    if (isShort.compareAndSet(false, true)) {
      LOG.warn(
          "file descriptors are short: {} of {} are open and the last {} are kept for the host and"
              + " its operators; clients wait in the backlog. Raise the limit: ulimit -n, or"
              + " LimitNOFILE of a systemd unit",
          open.getAsLong(),
          most,
          kept());
      whenShort.run();
    }
  }

  /**
   * Looks whether there are enough again, with some to spare.
   *
   * @return whether clients need wait no more
   */
  boolean look() {
    long used = open.getAsLong();
    most = limit.getAsLong(); // it can be raised while the process runs
    if (isShort.get() && most - used > kept() + kept() / 4) {
      unseen.set(0);
      isShort.set(false);
      LOG.info("enough file descriptors are free again: {} of {} are open", used, most);
    }
    return !isShort.get();
  }
}
