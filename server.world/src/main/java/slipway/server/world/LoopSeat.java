package slipway.server.world;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where a world is: its loop, which can become another one. May be used from any thread. */
final class LoopSeat implements Executor {

  private static final Duration FOR_EVER = Duration.ofDays(1000);

  private final HostWorld world;

  /** Changed by its own thread. */
  private volatile FrameLoop loop;

  LoopSeat(HostWorld world, FrameLoop loop) {
    this.world = world;
    this.loop = loop;
  }

  FrameLoop loop() {
    return loop;
  }

  /** Has the loop do something between two frames, whichever the world's loop is then. */
  @Override
  public void execute(Runnable task) {
    FrameLoop here = loop;
    here.execute(
        () -> {
          if (loop == here) {
            here.work(world, task);
          } else {
            execute(task);
          }
        });
  }

  /**
   * Asks the loop between two frames, and waits for the answer; not for a loop itself.
   *
   * @throws Exception as the question does
   */
  <T> T ask(Callable<T> question) throws Exception {
    return ask(question, FOR_EVER);
  }

  /**
   * As {@link #ask(Callable)}, and waits no longer than that. A question that the loop has not come
   * to by then is not asked any more.
   *
   * @throws TimeoutException if there is no answer within that time
   * @throws Exception as the question does
   */
  <T> T ask(Callable<T> question, Duration patience) throws Exception {
    FutureTask<T> task = new FutureTask<>(question);
    execute(task);
    try {
      return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      task.cancel(false);
      throw late;
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }

  /** The world goes on in another loop. */
  void moveTo(FrameLoop other) {
    execute(
        () -> {
          loop.remove(world);
          loop = other;
          other.add(world);
        });
  }

  /** The world is in no loop any more, and this is the last that happens there. */
  void leave(Runnable last) {
    execute(
        () -> {
          loop.remove(world);
          last.run();
        });
  }
}
