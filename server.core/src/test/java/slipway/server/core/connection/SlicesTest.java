package slipway.server.core.connection;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlicesTest {

  /** Counts how often the loop looks for I/O, of which there is none. */
  private static final class Looks implements IoHandler {
    private final Semaphore wakeups = new Semaphore(0);
    private int count;

    @Override
    public int run(IoHandlerContext context) {
      count++;
      if (context.canBlock()) {
        wakeups.acquireUninterruptibly();
      }
      return 0;
    }

    @Override
    public void wakeup() {
      wakeups.release();
    }

    @Override
    public IoRegistration register(IoHandle handle) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
      return false;
    }
  }

  private final Looks looks = new Looks();
  private final SingleThreadIoEventLoop loop =
      new SingleThreadIoEventLoop(null, new DefaultThreadFactory("slices", true), any -> looks);
  private final List<Integer> looksAtTask = new ArrayList<>();
  private final CountDownLatch done = new CountDownLatch(1);

  @AfterEach
  void end() {
    loop.shutdownGracefully(0, 0, SECONDS).awaitUninterruptibly();
  }

  private void note() {
    looksAtTask.add(looks.count);
  }

  /** Longer than a slice. */
  private void takeLong() {
    note();
    long end = System.nanoTime() + 2_000_000;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void theLoopLooksForInputBetweenTasksThatTakeLong() throws Exception {
    List<Runnable> tasks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      tasks.add(this::takeLong);
    }
    tasks.add(done::countDown);
    Slices.begin(loop, tasks);
    done.await();
    assertThat(looksAtTask).hasSize(5).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void aSliceDoesOneTaskHoweverLongItsThreadWaitsForAProcessor() {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.freezeTime();
    AtomicLong late = new AtomicLong();
    Slices.begin(
        channel.eventLoop(),
        List.of(this::note, this::note),
        () -> late.addAndGet(Duration.ofSeconds(1).toNanos()));
    channel.runPendingTasks();
    assertThat(looksAtTask).hasSize(1);
    channel.advanceTimeBy(1, MILLISECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
    assertThat(looksAtTask).hasSize(2);
  }

  @Test
  void oneThatFailsTakesNothingFromTheOthers() throws Exception {
    Slices.begin(
        loop,
        List.of(
            this::note,
            () -> {
              throw new IllegalStateException("one fails");
            },
            this::note,
            () -> {
              throw new AssertionError("another one fails");
            },
            done::countDown));
    done.await();
    assertThat(looksAtTask).hasSize(2);
  }
}
