package slipway.inbox;

import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The inbox of a service that takes its items in a thread of its own: the event loop adds, and one
 * thread at a time takes. That one may wait for an item, as the thread of a stream does, or take
 * what there is, as the loop of a world does once in a frame.
 *
 * <p>An item passes a lock, which is held for a few instructions. It is a {@link ReentrantLock} and
 * not a monitor, so that a waiting virtual thread gives its carrier back on every JDK. Reading is
 * stopped and begun in the event loop only, and each time by what is in the inbox then: so a
 * beginning that is on its way there cannot undo a stop that came after it.
 *
 * <pre>
 *          end                takeAll, close
 *   OPEN ───────▶ ENDED ─────────────────────▶ CLOSED
 *     └──────────────────────────────────────────▲
 * </pre>
 *
 * <p>Items with a reference count are the inbox's while they wait, and the caller's when they are
 * taken.
 *
 * @param <T> the items, such as buffers or packets
 */
@ProviderType
public final class SharedInbox<T> {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<T> waiting = new ArrayDeque<>();
  private final EventExecutor loop;
  private final ToIntFunction<? super T> size;
  private final Reading reading;
  private final Level level;
  private State state = State.OPEN;

  private enum State {
    /** Items may come. */
    OPEN,
    /** No more items come; those that wait can be taken. */
    ENDED,
    /** Nothing waits, and what comes is released. */
    CLOSED
  }

  /**
   * Makes an empty inbox.
   *
   * @param loop the event loop that adds the items
   * @param high size of what waits at which reading stops
   * @param low size of what waits at which reading begins again
   * @param size of an item, in the unit of the marks
   * @param reading stops and begins reading
   * @throws IllegalArgumentException unless 0 ≤ low &lt; high
   */
  public SharedInbox(
      EventExecutor loop, int high, int low, ToIntFunction<? super T> size, Reading reading) {
    this.loop = loop;
    this.level = new Level(high, low);
    this.size = size;
    this.reading = reading;
  }

  // ---- the event loop --------------------------------------------------------------------------

  /** An item has come. It is released if the inbox has ended or is closed. Event loop only. */
  public void add(T item) {
    boolean full;
    lock.lock();
    try {
      if (state != State.OPEN) {
        ReferenceCountUtil.release(item);
        return;
      }
      waiting.add(item);
      level.rise(size.applyAsInt(item));
      changed.signal();
      full = level.isDue();
    } finally {
      lock.unlock();
    }
    if (full) {
      settle();
    }
  }

  /** Nothing more will come: what waits can still be taken. */
  public void end() {
    lock.lock();
    try {
      if (state == State.OPEN) {
        state = State.ENDED;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing more will come, and the inbox is not closed yet. */
  public boolean isEnded() {
    lock.lock();
    try {
      return state == State.ENDED;
    } finally {
      lock.unlock();
    }
  }

  /** A thread that waits in {@link #await} looks at its condition again. */
  public void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Stops or begins reading, if the level asks for it by now. */
  private void settle() {
    boolean turned;
    boolean wanted;
    lock.lock();
    try {
      turned = level.turn();
      wanted = level.isRead();
    } finally {
      lock.unlock();
    }
    if (turned) {
      reading.reads(wanted);
    }
  }

  private void settleInLoop() {
    if (loop.inEventLoop()) {
      settle();
      return;
    }
    try {
      loop.execute(this::settle);
    } catch (RejectedExecutionException ended) {
      // the event loops have ended, and all connections with them
    }
  }

  // ---- the thread that takes -------------------------------------------------------------------

  /**
   * Waits until there is an item, or none will come, or until a condition holds that another thread
   * sets before it calls {@link #wake}.
   *
   * @param unless the condition; looked at by this thread
   * @return whether there is an item
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public boolean await(BooleanSupplier unless) throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && state == State.OPEN && !unless.getAsBoolean()) {
        changed.await();
      }
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for an item and uses some of it, or all; if nothing of it is left, its size is 0, it is
   * taken away and released.
   *
   * @param part uses some of the first item, which is still the inbox's, and gives by how much it
   *     is smaller now; called with the lock, so it must be short
   * @return what that gave; -1 if there is no item and none will come
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public int use(ToIntFunction<? super T> part) throws InterruptedException {
    int count;
    boolean room;
    lock.lock();
    try {
      if (!await(() -> false)) {
        return -1;
      }
      T first = waiting.element();
      count = part.applyAsInt(first);
      if (size.applyAsInt(first) == 0) {
        ReferenceCountUtil.release(waiting.remove());
      }
      room = fall(count);
    } finally {
      lock.unlock();
    }
    if (room) {
      settleInLoop();
    }
    return count;
  }

  /**
   * Takes what there is, and does not wait.
   *
   * @param target where the items go, in their order
   * @param most how many are taken at most
   * @return how many were taken
   */
  public int drainTo(Collection<? super T> target, int most) {
    int count = 0;
    boolean room = false;
    lock.lock();
    try {
      for (; count < most && !waiting.isEmpty(); count++) {
        T item = waiting.remove();
        target.add(item);
        room |= fall(size.applyAsInt(item));
      }
    } finally {
      lock.unlock();
    }
    if (room) {
      settleInLoop();
    }
    return count;
  }

  /** True if reading may begin again by this; once, so that one task is enough. */
  private boolean fall(int by) {
    boolean before = level.isDue();
    level.fall(by);
    return !before && level.isDue();
  }

  /** What waits, in the unit of the marks. May be called from any thread. */
  public long size() {
    lock.lock();
    try {
      return level.size();
    } finally {
      lock.unlock();
    }
  }

  // ---- the end ---------------------------------------------------------------------------------

  /**
   * Closes the inbox for a hand-over: reading is not stopped by it any more. For the event loop, as
   * soon as the other thread takes no more; then reading has begun again when this returns.
   *
   * @return what waits, in its order; the caller's from now on
   */
  public List<T> takeAll() {
    List<T> all;
    boolean room;
    lock.lock();
    try {
      state = State.CLOSED;
      all = List.copyOf(waiting);
      waiting.clear();
      level.empty();
      room = level.isDue();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (room) {
      settleInLoop();
    }
    return all;
  }

  /**
   * Releases what waits, and whatever still comes. The peer is read again: if what it sends were
   * left unread, the system would reset the connection, and its last answer might be lost. For the
   * thread that takes; may be called more than once.
   */
  public void close() {
    takeAll().forEach(ReferenceCountUtil::release);
  }
}
