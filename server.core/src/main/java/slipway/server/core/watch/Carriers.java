package slipway.server.core.watch;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/**
 * The JDK's threads that run all virtual threads. They are looked at from outside: how much
 * processor time they have had costs nothing to ask.
 */
final class Carriers {

  private static final String GROUP = "CarrierThreads";
  private static final String NAME = "-worker-";
  private static final int MOST_GROUPS = 64;

  /** The share of the time below which no thread computes, however busy the machine is. */
  private static final int SHARE = 20;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private final Map<Long, Long> spent = new HashMap<>();
  private ThreadGroup group;
  private long lastLook = System.nanoTime();

  /** Whether one of them may have computed for all of the time since the last look. */
  boolean mayCompute() {
    long look = System.nanoTime();
    long elapsed = look - lastLook;
    lastLook = look;
    if (group == null) {
      group = find();
    }
    boolean busy = false;
    if (group != null) {
      Thread[] all = new Thread[group.activeCount() + 8];
      int count = group.enumerate(all, false);
      for (int i = 0; i < count; i++) {
        if (all[i].getName().contains(NAME)) {
          long now = spent(all[i]);
          Long before = spent.put(all[i].threadId(), now);
          busy |= now - (before == null ? 0 : before) > elapsed / SHARE;
        }
      }
    }
    return busy;
  }

  /** How much processor time a thread of the system has had, in nanoseconds. */
  static long spent(Thread thread) {
    return THREADS.getThreadCpuTime(thread.threadId());
  }

  /** Whether a virtual thread has one of them now. */
  static boolean has(Thread virtual) {
    return virtual.getState() == Thread.State.RUNNABLE && virtual.toString().contains(NAME);
  }

  /** The group; null while there has not been a virtual thread. */
  private static ThreadGroup find() {
    ThreadGroup top = Thread.currentThread().getThreadGroup();
    while (top.getParent() != null) {
      top = top.getParent();
    }
    ThreadGroup[] groups = new ThreadGroup[MOST_GROUPS];
    int count = top.enumerate(groups, false);
    for (int i = 0; i < count; i++) {
      if (groups[i].getName().equals(GROUP)) {
        return groups[i];
      }
    }
    return null;
  }
}
