package slipway.server.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.dump.Dump;
import slipway.health.Finding;
import slipway.health.Probe;
import slipway.meter.Distribution;
import slipway.server.core.health.ThreadLag.Kind;
import slipway.server.core.meter.Told;
import slipway.thread.ControlThread;

/** The meter, and the checks that read it. */
class LagMeterTest {

  private static final Duration HALF = Duration.ofMillis(500);

  private final AtomicLong nanos = new AtomicLong();
  private final ManualThread loop = new ManualThread();
  private final ManualThread control = new ManualThread();
  private final ScheduledExecutorService unused = ControlThread.named("test-lag");
  private String loopName = "slipway-io-1-1";
  private final LagMeter meter =
      new LagMeter(
          unused,
          nanos::get,
          List.of(
              new Lag(loop, Kind.EVENT_LOOP, () -> loopName, nanos::get),
              new Lag(control, Kind.CONTROL, () -> "slipway-control", nanos::get)),
          () -> Map.of("echo", 3L));
  private final Unanswered unanswered =
      new Unanswered(
          meter,
          kept ->
              kept == loop ? Optional.of("echo 1.0 has kept the event loop") : Optional.empty());
  private final LagCheck readiness = new LagCheck(unanswered);
  private final ProgressCheck liveness = new ProgressCheck(unanswered);

  @AfterEach
  void close() {
    unused.shutdownNow();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** Lets time pass as the meter does, with a look each half second. */
  private void look(Duration time) {
    for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(HALF)) {
      pass(HALF);
      meter.look();
    }
  }

  private ThreadLag ofLoop() {
    return meter.measured().getFirst();
  }

  @Test
  void howLongATaskHasWaitedIsCounted() {
    meter.look();
    pass(Duration.ofMillis(3));
    loop.run();
    assertThat(ofLoop().now()).isEqualTo(Duration.ofMillis(3));
    assertThat(ofLoop().silent()).isZero();
    assertThat(ofLoop().kind()).isEqualTo(Kind.EVENT_LOOP);
    Distribution waits = ofLoop().waits();
    assertThat(waits.count()).isOne();
    assertThat(waits.sum()).isEqualTo(0.003);
    assertThat(waits.countWithin(0.0025)).isZero();
    assertThat(waits.countWithin(0.005)).isOne();
  }

  @Test
  void nothingWaitsBehindATaskThatWaits() {
    look(Duration.ofSeconds(5));
    assertThat(loop.waiting()).isOne();
    assertThat(ofLoop().silent()).isEqualTo(Duration.ofMillis(4500));
    assertThat(ofLoop().waits().count()).isZero();
    loop.run();
    assertThat(ofLoop().now()).isEqualTo(Duration.ofMillis(4500));
    assertThat(ofLoop().silent()).isZero();
  }

  @Test
  void metricsHaveEachLoopAndTheControlThread() throws Exception {
    meter.look();
    loop.run();
    assertThat(Told.of(meter))
        .containsExactly(
            "slipway_event_loop_lag_seconds{loop=\"slipway-io-1-1\"} 1",
            "slipway_control_lag_seconds 0");
  }

  @Test
  void aLoopThatHasNotBegunIsNotAskedAndNotShown() {
    loopName = null;
    look(HALF);
    assertThat(loop.waiting()).isZero();
    assertThat(meter.measured()).extracting(ThreadLag::thread).containsExactly("slipway-control");
  }

  @Test
  void aLoopThatHasEndedIsNoMatter() {
    loop.end();
    look(Duration.ofMinutes(1));
    assertThat(ofLoop().silent()).isZero();
  }

  @Test
  void aProcessThatWasStoppedHasNotBeenSlow() {
    look(HALF);
    pass(Duration.ofHours(1));
    meter.look();
    assertThat(ofLoop().silent()).isEqualTo(Duration.ofSeconds(1));
    pass(Duration.ofHours(1));
    loop.run();
    assertThat(ofLoop().now()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void readinessFailsFromASecondOnAndSaysWhatKeepsTheLoop() {
    assertThat(readiness.probes()).containsExactly(Probe.READINESS);
    look(Duration.ofSeconds(1));
    assertThat(readiness.check()).isEqualTo(Finding.OK);
    look(HALF);
    assertThat(readiness.check())
        .isEqualTo(
            Finding.failed(
                "slipway-io-1-1 lets tasks wait for 1.0 s (echo 1.0 has kept the event loop)"));
    loop.run();
    look(HALF);
    loop.run();
    assertThat(readiness.check()).isEqualTo(Finding.OK);
  }

  @Test
  void livenessFailsAfterTenSecondsWithoutAnAnswer() {
    assertThat(liveness.probes()).containsExactly(Probe.LIVENESS);
    look(Duration.ofSeconds(10));
    control.run();
    assertThat(liveness.check()).isEqualTo(Finding.OK);
    look(HALF);
    assertThat(liveness.check())
        .isEqualTo(
            Finding.failed(
                "slipway-io-1-1 has not answered for 10.0 s (echo 1.0 has kept the event loop)"));
    loop.run();
    assertThat(liveness.check()).isEqualTo(Finding.OK);
  }

  @Test
  void theControlThreadIsPartOfLivenessAndNotOfReadiness() {
    look(HALF);
    loop.run();
    look(Duration.ofSeconds(11));
    loop.run();
    look(HALF);
    loop.run();
    assertThat(readiness.check()).isEqualTo(Finding.OK);
    assertThat(liveness.check().reason()).startsWith("slipway-control has not answered for 1");
  }

  /** Lines, of one level. */
  private record Lines(List<String> all) implements Dump {
    @Override
    public Dump line(String text) {
      all.add(text);
      return this;
    }
  }

  @Test
  void aDumpHasEachThreadAndTheServicesThatHaveBlockedLoops() {
    meter.look();
    pass(Duration.ofMillis(20));
    loop.run();
    Lines lines = new Lines(new ArrayList<>());
    meter.dump(lines);
    assertThat(lines.all())
        .containsExactly(
            "slipway-io-1-1: a task waits 20.0 ms, 1 of 1 waited over 10 ms, on average 20.0 ms",
            "slipway-control: a task waits 0.0 ms, 0 of 0 waited over 10 ms, on average 0.0 ms",
            "event loops and carriers that echo has kept for too long: 3");
  }
}
