package slipway.server.profile;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import slipway.profile.Timing;

/**
 * What one thread has spent in sections, and in which it is. Except where it is said otherwise it
 * belongs to that thread. It does not keep the thread, which may be of a service's version.
 */
final class ThreadTable {

  /** Deeper within each other sections are not timed. */
  static final int DEEPEST = 64;

  private final WeakReference<Thread> thread;
  private final long threadId;
  private final String name;
  private final Entry[] stack = new Entry[DEEPEST];
  private int depth;

  /** By the numbers of sections; null for those that this thread has not timed. */
  private volatile Row[] rows = {};

  /** A section that the thread is in; used again for the next one of the same depth. */
  private final class Entry implements Timing {
    private final int place;
    private int section;
    private long begun;

    private Entry(int place) {
      this.place = place;
    }

    @Override
    public void close() {
      long now = System.nanoTime();
      if (place < depth && Thread.currentThread().threadId() == threadId) {
        depth = place;
        row(section).add(now - begun);
      }
    }
  }

  ThreadTable(Thread thread) {
    this.thread = new WeakReference<>(thread);
    this.threadId = thread.threadId();
    this.name = thread.getName();
  }

  /** Begins to time a section, by its number. */
  Timing begin(int section) {
    if (depth == DEEPEST) {
      return Timing.NONE;
    }
    Entry entry = stack[depth];
    if (entry == null) {
      entry = new Entry(depth);
      stack[depth] = entry;
    }
    depth++;
    entry.section = section;
    entry.begun = System.nanoTime();
    return entry;
  }

  private Row row(int section) {
    Row[] now = rows;
    if (section >= now.length) {
      now = Arrays.copyOf(now, Math.max(section + 1, 2 * now.length));
      rows = now;
    }
    if (now[section] == null) {
      now[section] = new Row();
      rows = now; // for those that read
    }
    return now[section];
  }

  // ---- for any thread --------------------------------------------------------------------------

  /** What the thread was called when it timed something first. */
  String name() {
    return name;
  }

  /** Whether nothing comes to it any more. */
  boolean isOver() {
    Thread alive = thread.get();
    return alive == null || !alive.isAlive();
  }

  /** By the numbers of sections; null for those that this thread has not timed. */
  Row[] rows() {
    return rows;
  }
}
