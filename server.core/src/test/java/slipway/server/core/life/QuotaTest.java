package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class QuotaTest {

  private final Quota quota = new Quota("echo");

  @Test
  void thereIsRoomForAnyNumberUnlessItIsLimited() {
    for (int each = 0; each < 1000; each++) {
      assertThat(quota.take()).isTrue();
    }
    assertThat(quota.remark()).isEmpty();
  }

  @Test
  void aPlaceThatIsGivenBackCanBeTakenAgain() {
    quota.limit(2);
    assertThat(quota.take() && quota.take()).isTrue();
    assertThat(quota.take()).isFalse();
    assertThat(quota.remark()).isEqualTo("is full: max.connections = 2");
    assertThat(quota.refusal()).isEqualTo("echo is full");
    quota.free();
    assertThat(quota.remark()).isEmpty();
    assertThat(quota.take()).isTrue();
    assertThat(quota.take()).isFalse();
  }

  /** Those that are there are counted, also from a time without a limit. */
  @Test
  void thoseThatAreThereStayWhenItIsLimited() {
    assertThat(quota.take() && quota.take() && quota.take()).isTrue();
    quota.limit(2);
    quota.free();
    assertThat(quota.take()).isFalse();
    quota.free();
    assertThat(quota.take()).isTrue();
    quota.limit(0);
    assertThat(quota.take()).isTrue();
  }

  @Test
  void manyThreadsTakeNoMoreThanThereAre() throws Exception {
    int threads = 4;
    int most = 3;
    quota.limit(most);
    AtomicInteger there = new AtomicInteger();
    AtomicInteger largest = new AtomicInteger();
    CyclicBarrier start = new CyclicBarrier(threads);
    Callable<Void> comer =
        () -> {
          start.await();
          for (int each = 0; each < 50_000; each++) {
            if (quota.take()) {
              largest.accumulateAndGet(there.incrementAndGet(), Math::max);
              there.decrementAndGet();
              quota.free();
            }
          }
          return null;
        };
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Void>> all =
          pool.invokeAll(IntStream.range(0, threads).mapToObj(each -> comer).toList());
      for (Future<Void> each : all) {
        each.get();
      }
    }
    assertThat(largest.get()).isBetween(1, most);
    for (int each = 0; each < most; each++) {
      assertThat(quota.take()).isTrue();
    }
    assertThat(quota.take()).isFalse();
  }
}
