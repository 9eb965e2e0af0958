package slipway.server.core.context;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VersionThreadsTest {

  private final VersionThreads threads = new VersionThreads("echo-1.0.0");
  private final CompletableFuture<Thread> interrupted = new CompletableFuture<>();

  @AfterEach
  void end() {
    threads.end();
  }

  private void untilInterrupted(CountDownLatch begun) {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException asked) {
      interrupted.complete(Thread.currentThread());
    }
  }

  @Test
  void tasksRunOnVirtualThreadsThatAreNamedAfterTheVersion() throws Exception {
    Thread first = threads.executor().submit(Thread::currentThread).get();
    assertThat(first.isVirtual()).isTrue();
    assertThat(first.getName()).isEqualTo("echo-1.0.0-1");
    Thread timer = threads.timer().submit(Thread::currentThread).get();
    assertThat(timer.isVirtual()).isFalse();
    assertThat(timer.isDaemon()).isTrue();
    assertThat(timer.getName()).isEqualTo("echo-1.0.0-timer");
    assertThat(threads.executor()).isSameAs(threads.executor());
    assertThat(threads.timer()).isSameAs(threads.timer());
  }

  @Test
  void theEndInterruptsWhatRunsAndForgetsWhatIsToCome() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    threads.executor().execute(() -> untilInterrupted(begun));
    ScheduledFuture<?> later = threads.timer().schedule(() -> {}, 1, HOURS);
    begun.await();
    threads.end();
    assertThat(interrupted.get(20, SECONDS).getName()).isEqualTo("echo-1.0.0-1");
    assertThat(threads.timer().isShutdown()).isTrue();
    assertThat(later.isDone()).isFalse(); // whoever waits for it has been interrupted
    assertThatThrownBy(() -> threads.executor().execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void whatIsAskedForAfterTheEndTakesNoTasks() {
    threads.end();
    assertThatThrownBy(() -> threads.executor().execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> threads.timer().schedule(() -> {}, 1, SECONDS))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aPeriodicTaskThatFailsEndsAndTheOthersGoOn() throws Exception {
    ScheduledFuture<?> failing =
        threads
            .timer()
            .scheduleAtFixedRate(
                () -> {
                  throw new IllegalStateException("once");
                },
                0,
                1,
                MILLISECONDS);
    assertThatThrownBy(failing::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("once");
    CountDownLatch thrice = new CountDownLatch(3);
    threads.timer().scheduleAtFixedRate(thrice::countDown, 0, 1, MILLISECONDS);
    assertThat(thrice.await(20, SECONDS)).isTrue();
  }

  @Test
  void aTaskThatIsCancelledIsForgotten() {
    Future<?> later = threads.timer().schedule(() -> {}, 1, HOURS);
    later.cancel(false);
    assertThat(threads.timer().shutdownNow()).isEmpty();
  }
}
