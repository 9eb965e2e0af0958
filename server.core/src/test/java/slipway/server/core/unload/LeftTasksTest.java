package slipway.server.core.unload;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeftTasksTest {

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final OwnClasses gone = new OwnClasses(Leaves.class);
  private final LeftTasks tasks = new LeftTasks(List.of(loops, loops), type -> false);

  @AfterEach
  void end() throws Exception {
    loops.shutdownGracefully(0, 0, HOURS).sync();
  }

  @Test
  void theLastLoopKnowsHowManyThereWereOnAll() throws Exception {
    EventLoop one = loops.next();
    EventLoop two = loops.next();
    assertThat(one).isNotSameAs(two);
    Future<?> left = one.schedule((Runnable) gone.make(Leaves.Task.class), 1, HOURS);
    Future<?> due =
        one.scheduleAtFixedRate((Runnable) gone.make(Leaves.Task.class), 0, 1, NANOSECONDS);
    Future<?> other = two.schedule((Runnable) gone.make(Leaves.Task.class), 1, HOURS);
    CountDownLatch free = new CountDownLatch(1);
    two.execute(
        () -> {
          try {
            free.await();
          } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
          }
        });
    CompletionStage<Integer> found = tasks.cancel("chat 1.0.0", new WeakReference<>(gone));
    left.await();
    due.await();
    assertThat(found.toCompletableFuture()).isNotDone();
    free.countDown();
    assertThat(found.toCompletableFuture().get()).isEqualTo(3);
    assertThat(left.isCancelled()).isTrue();
    assertThat(other.isCancelled()).isTrue();
    assertThat(tasks.cancel("chat 1.0.0", new WeakReference<>(gone)).toCompletableFuture().get())
        .isZero();
  }
}
