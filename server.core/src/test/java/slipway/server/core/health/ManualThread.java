package slipway.server.core.health;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A thread that runs its tasks when it is told to. */
final class ManualThread implements Executor {

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean ended;

  @Override
  public void execute(Runnable task) {
    if (ended) {
      throw new RejectedExecutionException();
    }
    tasks.add(task);
  }

  int waiting() {
    return tasks.size();
  }

  void run() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  void end() {
    ended = true;
  }
}
