package slipway.server.core.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.health.Finding;
import slipway.health.HealthReport;
import slipway.health.HealthReport.Checked;
import slipway.health.Probe;

class KeepAliveTest {

  private final Steps thread = new Steps();
  private final List<String> sent = new ArrayList<>();
  private Finding finding = Finding.OK;

  @AfterEach
  void close() {
    thread.shutdownNow();
  }

  /** A thread that is the test's own, and notes when it would look again. */
  private static final class Steps extends ScheduledThreadPoolExecutor {
    private Runnable next;
    private Duration pause;

    private Steps() {
      super(1);
    }

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      next = task;
      pause = Duration.ofNanos(unit.toNanos(delay));
      return null;
    }

    private void step() {
      next.run();
    }
  }

  private HealthReport liveness() {
    if (finding == null) {
      throw new IllegalStateException("no answer");
    }
    return new HealthReport(Probe.LIVENESS, List.of(new Checked("threads", finding)));
  }

  private void begin(Duration limit) {
    new KeepAlive(thread, limit, this::liveness, sent::add).begin();
  }

  @Test
  void lifeIsToldTwiceInTheTime() {
    begin(Duration.ofSeconds(30));
    assertThat(sent).containsExactly("WATCHDOG=1");
    assertThat(thread.pause).isEqualTo(Duration.ofSeconds(15));
    thread.step();
    assertThat(sent).containsExactly("WATCHDOG=1", "WATCHDOG=1");
  }

  @Test
  void aWarningDoesNotPreventIt() {
    finding = Finding.warning("warm");
    begin(Duration.ofSeconds(30));
    assertThat(sent).containsExactly("WATCHDOG=1");
  }

  @Test
  void whileLivenessFailsNothingIsToldAndItLooksEachSecond() {
    begin(Duration.ofSeconds(30));
    finding = Finding.failed("slipway-io-1 is stuck");
    thread.step();
    assertThat(sent).containsExactly("WATCHDOG=1");
    assertThat(thread.pause).isEqualTo(Duration.ofSeconds(1));
    finding = null;
    thread.step();
    assertThat(thread.pause).isEqualTo(Duration.ofSeconds(1));
    finding = Finding.OK;
    thread.step();
    assertThat(sent).containsExactly("WATCHDOG=1", "WATCHDOG=1");
    assertThat(thread.pause).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void aTimeOfLessThanTwoSecondsIsHalvedAlsoWhileItFails() {
    finding = Finding.failed("stuck");
    begin(Duration.ofMillis(200));
    assertThat(thread.pause).isEqualTo(Duration.ofMillis(100));
  }
}
