package slipway.testkit;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * An executor for {@link MemoryAccounts} and {@link MemoryDatabase} that does each task at once, in
 * the calling thread, or, while it is held, when the test lets it: so a test looks at what a
 * service does before it is answered. Belongs to the thread of the test.
 */
public final class ManualExecutor implements Executor {

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean held;

  /** Makes one that is not held. */
  public ManualExecutor() {}

  /** Does nothing from now on until {@link #release}. */
  public void hold() {
    held = true;
  }

  /** How many tasks wait. */
  public int waiting() {
    return waiting.size();
  }

  /** Does what waits, in its order, and from now on each task at once. */
  public void release() {
    held = false;
    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
      next.run();
    }
  }

  @Override
  public void execute(Runnable task) {
    if (held) {
      waiting.add(task);
    } else {
      task.run();
    }
  }
}
