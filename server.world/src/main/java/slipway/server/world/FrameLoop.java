package slipway.server.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that runs the frames of some worlds, each when it is due, and tasks between them. It
 * sleeps in between, except for the last microseconds if it may spin.
 *
 * <p>A loop may go while the host runs. Then its worlds go to other loops, and so does what still
 * comes to it: nothing that is told to a world is lost.
 */
final class FrameLoop implements Executor, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FrameLoop.class);

  /** As much later than asked a thread wakes up on Linux: its timer slack, and the way back. */
  private static final long SLACK_NANOS = 60_000;

  /** There is nothing to do until a task comes. */
  static final long FOREVER = Long.MAX_VALUE;

  private final LongSupplier nanos;
  private final Thread thread;
  private final LoopUse use;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** Those that it runs; its own. */
  private final List<HostWorld> worlds = new ArrayList<>();

  /** For how long it may spin before a frame. */
  private volatile long spin;

  /** Where its worlds go when it ends; none if the host ends. Set before it is closed. */
  private List<FrameLoop> heirs = List.of();

  private volatile boolean closed;

  /** Whether it does nothing more; its own. */
  private boolean over;

  /** Does what still comes to it; null as long as it does that itself. */
  private volatile FrameLoop heir;

  /** What it does; null while it sleeps. */
  private volatile Work work;

  /**
   * What is done for a world: a frame, or something between two frames.
   *
   * @param since when it has begun
   */
  record Work(HostWorld world, long since) {}

  FrameLoop(String name, LongSupplier nanos) {
    this.nanos = nanos;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    this.use = new LoopUse(thread);
  }

  /** Begins; once. */
  FrameLoop start() {
    thread.start();
    return this;
  }

  // ---- for any thread --------------------------------------------------------------------------

  Thread thread() {
    return thread;
  }

  /** What it is doing for a world; null if nothing. */
  Work work() {
    return work;
  }

  /** How busy it is. */
  LoopUse use() {
    return use;
  }

  /** Changes for how long it may spin before a frame, in nanoseconds. */
  void spin(long most) {
    spin = most;
  }

  // ---- tasks -----------------------------------------------------------------------------------

  /** Runs a task between two frames; may be called from any thread. */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (heir == null) {
      LockSupport.unpark(thread);
    } else {
      passOn();
    }
  }

  /** Begins to run the frames of a world, which says that it is here. */
  void add(HostWorld world) {
    execute(
        () -> {
          if (heir == null) {
            worlds.add(world);
          } else {
            world.seat().moveTo(heir); // it was sent here while this one ended
          }
        });
  }

  /** Runs no more frames of a world; its own thread. */
  void remove(HostWorld world) {
    worlds.remove(world);
  }

  // ---- the thread ------------------------------------------------------------------------------

  private void run() {
    while (!over) {
      long pause = step();
      if (!over) {
        rest(pause);
      }
    }
  }

  private void rest(long pause) {
    if (pause == FOREVER) {
      LockSupport.park(this);
    } else if (pause > spin) {
      LockSupport.parkNanos(this, pause > SLACK_NANOS ? pause - SLACK_NANOS : pause);
    } else if (pause > 0) {
      Thread.onSpinWait();
    }
  }

  /**
   * Runs the tasks that wait, and the frame that is due first, if it is due now.
   *
   * @return nanoseconds until there is something to do; {@link #FOREVER} if that is not known
   */
  long step() {
    runTasks();
    if (over) {
      return FOREVER;
    }
    if (closed) {
      end();
      return 0; // its heir has something to do
    }
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
    worked(now);
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

  /** Does something for a world between two frames; its own thread. */
  void work(HostWorld world, Runnable task) {
    long now = nanos.getAsLong();
    work = new Work(world, now);
    try {
      task.run();
    } finally {
      worked(now);
    }
  }

  private void worked(long since) {
    work = null;
    use.worked(nanos.getAsLong() - since);
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

  // ---- the end ---------------------------------------------------------------------------------

  /**
   * Ends the thread after what it is doing. Its worlds go to others, in turn.
   *
   * @param others those that stay, one or more
   */
  void retire(List<FrameLoop> others) {
    heirs = others;
    close();
  }

  /** Ends the thread after what it is doing. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void end() {
    over = true;
    if (!heirs.isEmpty()) {
      heir = heirs.getFirst();
      passOn();
      int turn = 0;
      for (HostWorld world : List.copyOf(worlds)) {
        world.seat().moveTo(heirs.get(turn % heirs.size())); // done by the heir
        turn++;
      }
    }
  }

  /** One that has added a task before it saw the heir has added it before this begins. */
  private void passOn() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      heir.execute(task);
    }
  }
}
