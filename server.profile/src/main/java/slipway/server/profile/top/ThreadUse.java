package slipway.server.profile.top;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import jdk.jfr.consumer.RecordedThread;

/**
 * What the threads of the JVM have used until a moment, by their ids. The JVM counts for its
 * threads of the system only, so all virtual ones together are one, {@link #VIRTUAL}: that of their
 * carriers.
 *
 * @param cpu processor time in nanoseconds
 * @param allocated bytes; empty if this JVM does not count them
 */
record ThreadUse(Map<Long, Long> cpu, Map<Long, Long> allocated) {

  /** Stands for all virtual threads and their carriers; no thread has this id. */
  static final long VIRTUAL = 0;

  /** The group in which the JDK has the threads that run virtual ones. */
  private static final String CARRIERS = "CarrierThreads";

  /** More threads than were counted may have come when they are listed. */
  private static final int ROOM = 64;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM = ManagementFactory.getOperatingSystemMXBean();

  /** What they have used until now. */
  static ThreadUse now() {
    ThreadUse now = new ThreadUse(new HashMap<>(), new HashMap<>());
    for (Thread thread : threads()) {
      long id = thread.threadId();
      add(now.cpu, thread, THREADS.getThreadCpuTime(id));
      if (THREADS instanceof com.sun.management.ThreadMXBean more) {
        add(now.allocated, thread, more.getThreadAllocatedBytes(id));
      }
    }
    return now;
  }

  private static void add(Map<Long, Long> all, Thread thread, long value) {
    if (value >= 0) { // else it has ended, or nobody counts
      all.merge(isCarrier(thread) ? VIRTUAL : thread.threadId(), value, Long::sum);
    }
  }

  private static Thread[] threads() {
    ThreadGroup top = Thread.currentThread().getThreadGroup();
    while (top.getParent() != null) {
      top = top.getParent();
    }
    Thread[] all = new Thread[top.activeCount() + ROOM];
    int count = top.enumerate(all, true);
    return Arrays.copyOf(all, count);
  }

  private static boolean isCarrier(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group != null && group.getName().equals(CARRIERS);
  }

  /** Under which id that of a recorded thread is. */
  static long id(RecordedThread thread) {
    boolean isCarrier =
        thread.getThreadGroup() != null && CARRIERS.equals(thread.getThreadGroup().getName());
    return thread.isVirtual() || isCarrier ? VIRTUAL : thread.getJavaThreadId();
  }

  /** What the whole process has had, with threads of the JVM that are none of Java's. */
  static long ofProcess() {
    return SYSTEM instanceof com.sun.management.OperatingSystemMXBean system
        ? Math.max(0, system.getProcessCpuTime())
        : 0;
  }
}
