package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UseCountTest {

  private final UseCount users = new UseCount();

  @Test
  void countsUsersInAndOut() {
    assertThat(users.enter()).isTrue();
    assertThat(users.enter()).isTrue();
    assertThat(users.count()).isEqualTo(2);
    assertThat(users.leave()).isFalse();
    assertThat(users.leave()).isTrue();
  }

  @Test
  void letsNobodyInWhileItDrains() {
    users.enter();
    users.drain();
    assertThat(users.enter()).isFalse();
    assertThat(users.count()).isEqualTo(1);
    assertThat(users.leave()).isTrue();
    assertThat(users.enter()).isFalse();
  }

  @Test
  void drainsOnlyWithoutUsersWhenAskedSo() {
    users.enter();
    assertThat(users.drainIfIdle()).isFalse();
    users.leave();
    assertThat(users.drainIfIdle()).isTrue();
    assertThat(users.drainIfIdle()).isTrue();
    assertThat(users.enter()).isFalse();
  }

  @Test
  void letsUsersInAgainWhenReopened() {
    users.enter();
    users.drain();
    users.reopen();
    assertThat(users.enter()).isTrue();
    assertThat(users.count()).isEqualTo(2);
  }

  @Test
  void nobodyIsInOnceItHasDrained() throws Exception {
    int threads = 4;
    for (int round = 0; round < 200; round++) {
      UseCount contended = new UseCount();
      AtomicBoolean released = new AtomicBoolean();
      AtomicInteger violations = new AtomicInteger();
      CountDownLatch start = new CountDownLatch(1);
      try (ExecutorService pool = Executors.newFixedThreadPool(threads + 1)) {
        for (int user = 0; user < threads; user++) {
          pool.submit(
              () -> {
                start.await();
                for (int turn = 0; turn < 50 && contended.enter(); turn++) {
                  if (released.get()) {
                    violations.incrementAndGet();
                  }
                  contended.leave();
                }
                return null;
              });
        }
        Future<?> drainer =
            pool.submit(
                () -> {
                  start.await();
                  while (!contended.drainIfIdle()) {
                    Thread.onSpinWait();
                  }
                  released.set(true);
                  return null;
                });
        start.countDown();
        drainer.get();
      }
      assertThat(violations).hasValue(0);
      assertThat(contended.count()).isZero();
    }
  }
}
