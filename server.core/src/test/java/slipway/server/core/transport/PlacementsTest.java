package slipway.server.core.transport;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlacementsTest {

  private static final Duration NEVER = Duration.ofHours(1);

  private final AtomicInteger timers = new AtomicInteger();
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
          timers.incrementAndGet();
          return super.schedule(task, delay, unit);
        }
      };

  private final HostLoops loops = new HostLoops(TransportKind.NIO, 2, "placements", null);
  private final EventLoop first = loops.next();
  private final EventLoop second = loops.next();
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void end() throws Exception {
    over.countDown();
    loops.end(Duration.ofSeconds(1));
    assertThat(loops.awaitTermination(30, SECONDS)).isTrue();
    clock.shutdownNow();
  }

  private static void awaitDone(Placement placement) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    placement.placed().addListener(placed -> done.countDown());
    done.await();
  }

  @Test
  void oneTimerLooksAfterAll() {
    Placements placements = new Placements(clock, NEVER);
    for (int i = 0; i < 100; i++) {
      placements.begin(new Placement(new NioSocketChannel(), () -> first, 2));
    }
    assertThat(timers).hasValue(1);
  }

  @Test
  void noTimerRunsForWhoCanAskNobodyElse() throws Exception {
    Placement only = new Placement(new NioSocketChannel(), () -> first, 1);
    new Placements(clock, NEVER).begin(only);
    awaitDone(only);
    assertThat(only.placed().isSuccess()).isTrue();
    assertThat(timers).hasValue(0);
  }

  @Test
  void whoeverIsNotTakenAsksTheNextAndNobodyAsksTwice() throws Exception {
    Blocked.until(over, first);
    Placements placements = new Placements(clock, Duration.ofMillis(1));
    AtomicInteger asked = new AtomicInteger();
    List<Placement> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      AtomicInteger offers = new AtomicInteger();
      all.add(
          new Placement(
              new NioSocketChannel(),
              () -> {
                asked.incrementAndGet();
                return offers.getAndIncrement() == 0 ? first : second;
              },
              2));
    }
    all.forEach(placements::begin);
    for (Placement one : all) {
      awaitDone(one);
      assertThat(one.placed().channel().eventLoop()).isSameAs(second);
    }
    assertThat(asked).hasValue(200);
  }

  @Test
  void aLoopThatHasEndedFailsIt() throws Exception {
    Placement placement =
        new Placement(
            new NioSocketChannel(),
            () -> {
              throw new RejectedExecutionException("ended");
            },
            4);
    new Placements(clock, NEVER).begin(placement);
    awaitDone(placement);
    assertThat(placement.placed().cause()).hasMessage("ended");
    assertThat(placement.isOpen()).isFalse();
    assertThat(timers).hasValue(0);
  }

  @Test
  void theTimeIsLookedAtAgainForWhoComesLater() throws Exception {
    Placements placements = new Placements(clock, Duration.ofMillis(1));
    Placement taken = new Placement(new NioSocketChannel(), () -> second, 2);
    placements.begin(taken);
    awaitDone(taken);
    Blocked.until(over, first);
    AtomicInteger offers = new AtomicInteger();
    Placement later =
        new Placement(
            new NioSocketChannel(), () -> offers.getAndIncrement() == 0 ? first : second, 2);
    placements.begin(later);
    awaitDone(later);
    assertThat(later.placed().channel().eventLoop()).isSameAs(second);
  }
}
