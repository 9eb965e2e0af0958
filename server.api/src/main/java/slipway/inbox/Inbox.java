package slipway.inbox;

import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.ToIntFunction;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The inbox of a service that takes its items in the event loop, one after the other: an item is
 * taken as it comes if the taker is ready and nothing is before it, and waits otherwise.
 *
 * <p>All methods belong to the event loop, so an item passes no lock; one that is taken as it comes
 * is not even queued. If an item comes while another one is taken, it waits behind that.
 *
 * <p>Items with a reference count are the inbox's while they wait, and the taker's when they are
 * taken.
 *
 * @param <T> the items, such as decoded messages
 */
@ProviderType
public final class Inbox<T> {

  private final Queue<T> waiting = new ArrayDeque<>();
  private final ToIntFunction<? super T> size;
  private final Taker<? super T> taker;
  private final Reading reading;
  private final Level level;
  private boolean taking;
  private boolean closed;

  /**
   * Takes what is in an inbox.
   *
   * @param <T> the items
   */
  @ConsumerType
  public interface Taker<T> {

    /** Whether it takes an item now. If it says no, {@link Inbox#next} is called when it does. */
    boolean isReady();

    /** Takes an item, which is the taker's now. */
    void take(T item);
  }

  /**
   * Makes an empty inbox.
   *
   * @param high size of what waits at which reading stops
   * @param low size of what waits at which reading begins again
   * @param size of an item, in the unit of the marks; the same as long as it waits
   * @param taker takes the items
   * @param reading stops and begins reading
   * @throws IllegalArgumentException unless 0 ≤ low &lt; high
   */
  public Inbox(
      int high, int low, ToIntFunction<? super T> size, Taker<? super T> taker, Reading reading) {
    this.level = new Level(high, low);
    this.size = size;
    this.taker = taker;
    this.reading = reading;
  }

  /**
   * Makes an empty inbox whose peer is not read as long as an item waits.
   *
   * @param taker takes the items
   * @param reading stops and begins reading
   */
  public Inbox(Taker<? super T> taker, Reading reading) {
    this(1, 0, item -> 1, taker, reading);
  }

  /**
   * An item has come. It is released if the inbox is closed.
   *
   * @throws RuntimeException what the taker throws
   */
  public void add(T item) {
    if (closed) {
      ReferenceCountUtil.release(item);
    } else if (!taking && waiting.isEmpty() && taker.isReady()) {
      take(item);
    } else {
      waiting.add(item);
      level.rise(size.applyAsInt(item));
      settle();
    }
  }

  /** Takes one that has not waited, and then what has come meanwhile. */
  private void take(T item) {
    taking = true;
    try {
      taker.take(item);
    } finally {
      taking = false;
    }
    next();
  }

  /**
   * Has what waits taken, as long as the taker is ready. Does nothing while an item is taken.
   *
   * @throws RuntimeException what the taker throws; what is behind that item waits for the next
   *     call
   */
  public void next() {
    if (taking) {
      return;
    }
    taking = true;
    try {
      while (!waiting.isEmpty() && taker.isReady()) {
        T item = waiting.remove();
        level.fall(size.applyAsInt(item));
        taker.take(item);
      }
    } finally {
      taking = false;
      settle(); // not before: what is read at once is to find all others taken
    }
  }

  private void settle() {
    if (level.turn()) {
      reading.reads(level.isRead());
    }
  }

  /** Whether nothing waits. */
  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** What waits, in the unit of the marks. */
  public long size() {
    return level.size();
  }

  /**
   * Closes the inbox for a hand-over: reading is not stopped by it any more.
   *
   * @return what waits, in its order; the caller's from now on
   */
  public List<T> takeAll() {
    closed = true;
    List<T> all = List.copyOf(waiting);
    waiting.clear();
    level.empty();
    settle();
    return all;
  }

  /**
   * Releases what waits, and whatever still comes. The peer is read again: if what it sends were
   * left unread, the system would reset the connection, and its last answer might be lost. May be
   * called more than once.
   */
  public void close() {
    takeAll().forEach(ReferenceCountUtil::release);
  }
}
