package slipway.server.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that runs the frames of some worlds, each when it is due, and tasks between them. It
 * sleeps in between, and does not spin.
 */
final class FrameLoop implements Executor, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FrameLoop.class);

  /** As much later than asked a thread wakes up on Linux: its timer slack, and the way back. */
  private static final long SLACK_NANOS = 60_000;

  /** There is nothing to do until a task comes. */
  static final long FOREVER = Long.MAX_VALUE;

  private final LongSupplier nanos;
  private final Thread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** Those that it runs; its own. */
  private final List<HostWorld> worlds = new ArrayList<>();

  private volatile boolean closed;

  /** What it does; null while it sleeps. */
  private volatile Work work;

  /**
   * A frame that is under way.
   *
   * @param since when it has begun
   */
  record Work(HostWorld world, long since) {}

  FrameLoop(String name, LongSupplier nanos) {
    this.nanos = nanos;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /** One for each processor except one, which is left to the event loops; started. */
  static List<FrameLoop> started(LongSupplier nanos) {
    return started(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), nanos);
  }

  /** As many, started. */
  static List<FrameLoop> started(int count, LongSupplier nanos) {
    List<FrameLoop> loops =
        IntStream.rangeClosed(1, count)
            .mapToObj(number -> new FrameLoop("slipway-world-" + number, nanos))
            .toList();
    loops.forEach(loop -> loop.thread.start());
    return loops;
  }

  Thread thread() {
    return thread;
  }

  /** The frame that is under way; null if there is none. For any thread. */
  Work work() {
    return work;
  }

  // ---- tasks -----------------------------------------------------------------------------------

  /** Runs a task between two frames; may be called from any thread. */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    LockSupport.unpark(thread);
  }

  /** Begins to run the frames of a world. */
  void add(HostWorld world) {
    execute(() -> worlds.add(world));
  }

  /** Runs no more frames of a world; its own thread. */
  void remove(HostWorld world) {
    worlds.remove(world);
  }

  // ---- the thread ------------------------------------------------------------------------------

  private void run() {
    while (!closed) {
      long pause = step();
      if (pause == FOREVER) {
        LockSupport.park(this);
      } else if (pause > 0) {
        LockSupport.parkNanos(this, pause > SLACK_NANOS ? pause - SLACK_NANOS : pause);
      }
    }
    runTasks(); // such as the end of its worlds
  }

  /**
   * Runs the tasks that wait, and the frame that is due first, if it is due now.
   *
   * @return nanoseconds until there is something to do; {@link #FOREVER} if that is not known
   */
  long step() {
    runTasks();
    HostWorld first = first();
    if (first == null) {
      return FOREVER;
    }
    long now = nanos.getAsLong();
    long left = first.due() - now;
    if (left > 0) {
      return left;
    }
    work = new Work(first, now);
    first.frame(now);
    work = null;
    return 0;
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      try {
        task.run();
      } catch (Throwable failed) { // the worlds go on
        LOG.error("a task failed", failed);
      }
    }
  }

  /** The one whose frame is due first. */
  private HostWorld first() {
    HostWorld first = null;
    for (int each = 0; each < worlds.size(); each++) {
      HostWorld world = worlds.get(each);
      if (world.isRunning() && (first == null || world.due() - first.due() < 0)) {
        first = world;
      }
    }
    return first;
  }

  /** Ends the thread after what it is doing. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
