package slipway.server.core.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.thread.OwnThread;

@Timeout(60)
class WatchdogTest {

  private static final Duration AFTER = TestWatchdog.AFTER;
  private static final Duration HALF = AFTER.dividedBy(2);

  private record Loop(Occupation occupation) implements Occupied {}

  private final TestWatchdog test = new TestWatchdog();
  private final Watchdog watchdog = test.watchdog();
  private final Occupation occupation = new Occupation();
  private final Loop loop = new Loop(occupation);
  private final CountDownLatch over = new CountDownLatch(1);
  private final CountDownLatch within = new CountDownLatch(1);
  private final Thread runner = Thread.ofPlatform().name("loop-1").unstarted(this::blockedHandler);

  private void blockedHandler() {
    try {
      within.countDown();
      over.await();
    } catch (InterruptedException never) {
      Thread.currentThread().interrupt();
    }
  }

  @BeforeEach
  void aLoopIsInAHandler() throws Exception {
    runner.start();
    within.await();
    while (runner.getState() != Thread.State.WAITING) {
      Thread.onSpinWait(); // else it is not where it will stay
    }
    occupation.runBy(runner);
    occupation.works();
    watchdog.watch(List.of(loop));
    test.look(Duration.ZERO);
  }

  @AfterEach
  void itEnds() throws Exception {
    over.countDown();
    runner.join();
    test.close();
  }

  @Test
  void whoIsInOneHandlerForTooLongIsToldWithWhatItDoes() {
    test.look(HALF);
    assertThat(watchdog.keeps(loop)).isEmpty();
    test.look(HALF);
    assertThat(watchdog.keeps(loop).orElseThrow())
        .startsWith("somebody has kept the event loop loop-1 for 3600 s: ")
        .contains("Unsafe.park");
    test.look(HALF);
    assertThat(watchdog.keeps(loop).orElseThrow()).contains("for 5400 s");
  }

  @Test
  void whoKeepsALoopIsCountedOnceForEachTime() {
    assertThat(watchdog.reported()).isEmpty();
    test.look(AFTER);
    test.look(AFTER);
    assertThat(watchdog.reported()).isEqualTo(Map.of("", 1L)); // nobody's code is seen
    occupation.works();
    test.look(HALF);
    test.look(AFTER);
    assertThat(watchdog.reported()).isEqualTo(Map.of("", 2L));
  }

  @Test
  void whoGoesOnIsToldNoMore() {
    test.look(AFTER);
    assertThat(watchdog.keeps(loop)).isPresent();
    occupation.works();
    test.look(Duration.ofMillis(1));
    assertThat(watchdog.keeps(loop)).isEmpty();
  }

  @Test
  void manyThingsOneAfterTheOtherAreNotOne() {
    for (int i = 0; i < 10; i++) {
      test.look(HALF);
      occupation.serves(null);
    }
    assertThat(watchdog.keeps(loop)).isEmpty();
  }

  @Test
  void aLoopThatWaitsIsLeftAlone() {
    occupation.waits();
    test.look(AFTER);
    test.look(AFTER);
    assertThat(watchdog.keeps(loop)).isEmpty();
  }

  @Test
  void whatLoopsServeIsKnownUntilTheyDoSomethingElseOrWait() {
    Nobody connection = new Nobody(5);
    occupation.serves(connection);
    assertThat(watchdog.served()).containsExactly(connection);
    occupation.works();
    assertThat(watchdog.served()).isEmpty();
    occupation.serves(connection);
    occupation.waits();
    assertThat(watchdog.served()).isEmpty();
  }

  @Test
  void timeInWhichTheWatchdogDidNotRunDoesNotCount() {
    test.lookLate(AFTER.multipliedBy(10), HALF);
    assertThat(watchdog.keeps(loop)).isEmpty();
    test.lookLate(AFTER.multipliedBy(10), HALF);
    assertThat(watchdog.keeps(loop)).isPresent();
  }

  @Test
  void withoutATimeNothingIsTold() {
    test.look(AFTER);
    watchdog.watchAfter(Duration.ZERO);
    assertThat(watchdog.keeps(loop)).isEmpty();
  }

  @Test
  void aVirtualThreadThatComputesIsTold() throws Exception {
    Spinning spinning = new Spinning();
    try {
      watchdog.watchThreads(() -> Stream.of(new Working(new Nobody(5), spinning)));
      awaitCarrier(spinning);
      test.look(HALF);
      test.look(AFTER);
      assertThat(watchdog.keeps(spinning.thread()).orElseThrow())
          .startsWith("somebody has computed on a virtual thread for ")
          .contains(", for connection 5: ")
          .contains("Spinning.run");
    } finally {
      spinning.ended = true;
      spinning.thread().join();
    }
  }

  @Test
  void aVirtualThreadThatComputesIsToldOfForAsLongAsItDoesAlsoOnABusyMachine() throws Exception {
    Spinning spinning = new Spinning();
    try {
      watchdog.watchThreads(() -> Stream.of(new Working(new Nobody(5), spinning)));
      awaitCarrier(spinning);
      test.look(HALF);
      test.look(AFTER);
      test.seemToCompute(false); // it got no time of a processor
      test.look(HALF);
      assertThat(watchdog.keeps(spinning.thread())).isPresent();
    } finally {
      spinning.ended = true;
      spinning.thread().join();
    }
    test.look(HALF);
    assertThat(watchdog.keeps(spinning.thread())).isEmpty();
  }

  private static void awaitCarrier(Spinning spinning) {
    while (!Carriers.has(spinning.thread())) {
      Thread.onSpinWait();
    }
  }

  private static final class Spinning implements OwnThread, Runnable {
    private volatile boolean ended;
    private final Thread thread = Thread.ofVirtual().start(this);

    @Override
    public void run() {
      while (!ended) {
        Thread.onSpinWait();
      }
    }

    @Override
    public Thread thread() {
      return thread;
    }

    @Override
    public long steps() {
      return 1;
    }
  }

  @Test
  void theTimeIsCheckedAsOtherKeysAre() throws Exception {
    assertThat(after("0")).isEqualTo(Duration.ZERO);
    assertThat(after("100ms")).isEqualTo(Duration.ofMillis(100));
    assertThat(after(null)).isEqualTo(Duration.ofSeconds(1));
    for (String wrong : List.of("99ms", "2h", "soon", "-1s")) {
      assertThatThrownBy(() -> after(wrong))
          .isInstanceOf(InvalidConfiguration.class)
          .hasMessageContaining("after = " + wrong)
          .hasMessageContaining("allowed is");
    }
  }

  private static Duration after(String text) throws InvalidConfiguration {
    return WatchdogCheck.after(
        Settings.of(WatchdogConfig.class, text == null ? Map.of() : Map.of("after", text)));
  }
}
