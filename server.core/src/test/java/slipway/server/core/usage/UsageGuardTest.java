package slipway.server.core.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.admin.ServiceState.FIXED;
import static slipway.admin.ServiceState.LOCKED;
import static slipway.admin.ServiceState.WAITLOCKED;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.admin.AdminException;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.profile.Usage;
import slipway.profile.UsageProfiler;
import slipway.profile.UsageRun;
import slipway.server.core.meter.Told;
import slipway.server.core.usage.Shares.Over;

class UsageGuardTest {

  private static final int PROCESSORS = 2;
  private static final long LARGEST_HEAP = 1000;
  private static final Duration WINDOW = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final String EXCESS =
      "uses 84 % of the processors, more than max.cpu.share = 50 %";
  private static final String LOCKED_FOR =
      "it used 84 % of the processors for 20s, more than max.cpu.share = 50 %";

  /** Its event loop is the guard's thread, and its clock the guard's. */
  private final EmbeddedChannel channel = new EmbeddedChannel();

  private long now;
  private final UsageGuard guard =
      new UsageGuard(channel.eventLoop(), () -> now, PROCESSORS, LARGEST_HEAP);
  private final FakeProfiler profiler = new FakeProfiler();
  private final List<String> locked = new ArrayList<>();

  @BeforeEach
  void begin() {
    channel.freezeTime();
    guard.setProfiler(profiler);
    guard.lockBy(
        service -> {
          locked.add(service);
          return true;
        });
    run();
  }

  @AfterEach
  void end() {
    channel.close();
  }

  /** Measures what it is told to have measured. */
  private static final class FakeProfiler implements UsageProfiler {

    final List<Run> runs = new ArrayList<>();
    String failure;

    /** What one processor spends on each service, and what each keeps. */
    final Map<String, Double> busy = new HashMap<>();

    final Map<String, Long> kept = new HashMap<>();

    @Override
    public UsageRun begin(boolean heap) {
      if (failure != null) {
        throw new IllegalStateException(failure);
      }
      Run run = new Run();
      run.measuresHeap = heap;
      runs.add(run);
      return run;
    }

    final class Run implements UsageRun {
      Duration elapsed = Duration.ZERO;
      final Map<String, Duration> cpu = new HashMap<>();
      boolean measuresHeap;
      boolean isClosed;
      boolean isBroken;

      void pass(Duration time) {
        elapsed = elapsed.plus(time);
        busy.forEach(
            (service, part) ->
                cpu.merge(
                    service, Duration.ofNanos(Math.round(time.toNanos() * part)), Duration::plus));
      }

      @Override
      public Usage used() {
        if (isBroken) {
          throw new IllegalStateException("it broke");
        }
        return new Usage(elapsed, cpu, kept);
      }

      @Override
      public void close() {
        isClosed = true;
      }
    }
  }

  private void run() {
    channel.runPendingTasks();
  }

  private void pass(Duration time) {
    for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(LOOK)) {
      now += LOOK.toNanos();
      profiler.runs.forEach(run -> run.pass(LOOK));
      channel.advanceTimeBy(LOOK.toNanos(), TimeUnit.NANOSECONDS);
      channel.runPendingTasks();
    }
  }

  private void limit(String service, int cpu, int heap, Over over) {
    guard.configure(service, new Shares(cpu, heap, WINDOW, over), true);
    run();
  }

  private String remark(String service, ServiceState state) {
    ServiceStatus row = new ServiceStatus(service, 0, state, "1.0.0", 7, "ACTIVE", "");
    return guard.seen(List.of(row)).getFirst().reason();
  }

  /** Two windows and what it takes to begin. */
  private void passLong() {
    pass(WINDOW.multipliedBy(2).plus(LOOK));
  }

  @Test
  void nothingIsMeasuredWithoutALimit() {
    guard.configure("echo", Shares.UNLIMITED, true);
    pass(Duration.ofMinutes(5));
    assertThat(profiler.runs).isEmpty();
    limit("time", 10, 0, Over.WARN);
    assertThat(profiler.runs).hasSize(1);
    limit("echo", 10, 0, Over.WARN);
    guard.unconfigure("time");
    pass(LOOK);
    assertThat(profiler.runs).hasSize(1);
    assertThat(profiler.runs.getFirst().isClosed).isFalse();
    limit("echo", 0, 0, Over.WARN);
    assertThat(profiler.runs.getFirst().isClosed).isTrue();
    pass(Duration.ofMinutes(5));
    assertThat(profiler.runs).hasSize(1);
  }

  @Test
  void operatorsSeeAServiceThatUsesTooMuch() {
    profiler.busy.putAll(Map.of("busy", 1.68, "echo", 0.1));
    limit("busy", 50, 0, Over.WARN);
    limit("echo", 50, 0, Over.WARN);
    pass(WINDOW);
    assertThat(remark("busy", FIXED)).isEmpty();
    passLong();
    assertThat(remark("busy", FIXED)).isEqualTo(EXCESS);
    assertThat(remark("echo", FIXED)).isEmpty();
    assertThat(remark("other", FIXED)).isEmpty();
    assertThat(locked).isEmpty();
    profiler.busy.put("busy", 0.1);
    passLong();
    assertThat(remark("busy", FIXED)).isEmpty();
  }

  @Test
  void itIsSaidOnceForAllVersionsBesideWhatIsSaidAlready() {
    profiler.busy.put("busy", 1.68);
    limit("busy", 50, 0, Over.WARN);
    passLong();
    ServiceStatus serving = new ServiceStatus("busy", 0, FIXED, "2.0.0", 8, "ACTIVE", "note");
    ServiceStatus replaced = new ServiceStatus("busy", 1, FIXED, "1.0.0", 7, "ACTIVE", "drains");
    assertThat(guard.seen(List.of(serving, replaced)))
        .extracting(ServiceStatus::reason)
        .containsExactly("note; " + EXCESS, "drains");
  }

  @Test
  void aServiceThatIsToBeLockedIsLockedOnceAndItIsSaidWhy() {
    profiler.busy.put("busy", 1.68);
    limit("busy", 50, 0, Over.LOCK);
    passLong();
    assertThat(locked).containsExactly("busy");
    guard.configure("busy", new Shares(50, 0, WINDOW, Over.LOCK), false);
    passLong();
    assertThat(locked).containsExactly("busy");
    assertThat(remark("busy", WAITLOCKED)).isEqualTo(LOCKED_FOR);
    profiler.busy.clear();
    passLong();
    assertThat(remark("busy", LOCKED)).isEqualTo(LOCKED_FOR);
    guard.configure("busy", Shares.UNLIMITED, false);
    run();
    assertThat(remark("busy", LOCKED)).isEqualTo(LOCKED_FOR);
  }

  @Test
  void anOperatorWhoOpensItAgainGivesItAnotherWindow() {
    Shares shares = new Shares(50, 0, WINDOW, Over.LOCK);
    profiler.busy.put("busy", 1.68);
    limit("busy", 50, 0, Over.LOCK);
    passLong();
    guard.configure("busy", shares, false);
    passLong();
    guard.configure("busy", shares, true);
    pass(WINDOW.minus(LOOK));
    assertThat(locked).hasSize(1);
    assertThat(remark("busy", LOCKED)).as("for another reason").isEmpty();
    passLong();
    assertThat(locked).hasSize(2);
  }

  @Test
  void whatCannotBeLockedIsTriedAgainAfterAWindow() {
    guard.lockBy(
        service -> {
          locked.add(service);
          throw new AdminException("the disk is full");
        });
    profiler.busy.put("busy", 1.68);
    limit("busy", 50, 0, Over.LOCK);
    pass(WINDOW.plus(LOOK.multipliedBy(2)));
    assertThat(locked).hasSize(1);
    assertThat(remark("busy", LOCKED)).isEmpty();
    pass(WINDOW.minus(LOOK));
    assertThat(locked).hasSize(1);
    pass(LOOK.multipliedBy(4));
    assertThat(locked).hasSize(2);
  }

  @Test
  void theHeapIsWarnedOfAndNeverLocksAService() {
    profiler.kept.put("hoard", 450L);
    limit("hoard", 0, 30, Over.LOCK);
    passLong();
    assertThat(remark("hoard", FIXED))
        .isEqualTo("keeps about 45 % of the heap, more than max.heap.share = 30 %");
    assertThat(locked).isEmpty();
  }

  /** Another run begins, as one that does not measure the heap costs less. */
  @Test
  void theHeapIsMeasuredWhileItIsLimited() {
    limit("busy", 50, 0, Over.WARN);
    pass(LOOK.multipliedBy(2));
    limit("hoard", 0, 30, Over.WARN);
    pass(LOOK.multipliedBy(2));
    guard.unconfigure("hoard");
    pass(LOOK.multipliedBy(2));
    assertThat(profiler.runs)
        .extracting(run -> run.measuresHeap)
        .containsExactly(false, true, false);
    assertThat(profiler.runs).extracting(run -> run.isClosed).containsExactly(true, true, false);
  }

  @Test
  void anotherLimitCountsFromNowOn() {
    profiler.busy.put("busy", 1.68);
    limit("busy", 50, 0, Over.WARN);
    passLong();
    limit("busy", 90, 0, Over.WARN);
    assertThat(remark("busy", FIXED)).isEmpty();
    passLong();
    assertThat(remark("busy", FIXED)).isEmpty();
    assertThat(profiler.runs).hasSize(1);
  }

  @Test
  void aRunThatHasBrokenIsFollowedByAnotherAfterAPause() {
    profiler.busy.put("busy", 1.68);
    limit("busy", 50, 0, Over.WARN);
    passLong();
    profiler.runs.getFirst().isBroken = true;
    pass(LOOK);
    assertThat(profiler.runs.getFirst().isClosed).isTrue();
    assertThat(remark("busy", FIXED)).as("it is not known").isEmpty();
    pass(Measuring.PAUSE.minus(LOOK.multipliedBy(2)));
    assertThat(profiler.runs).hasSize(1);
    pass(LOOK.multipliedBy(2));
    assertThat(profiler.runs).hasSize(2);
    passLong();
    assertThat(remark("busy", FIXED)).isEqualTo(EXCESS);
  }

  @Test
  void aProfilerMayComeLateAndGo() {
    guard.unsetProfiler(profiler);
    profiler.busy.put("busy", 1.68);
    limit("busy", 50, 0, Over.WARN);
    pass(Measuring.PAUSE.multipliedBy(2));
    assertThat(profiler.runs).isEmpty();
    guard.setProfiler(profiler);
    passLong();
    assertThat(remark("busy", FIXED)).isEqualTo(EXCESS);
    guard.unsetProfiler(new FakeProfiler());
    pass(LOOK);
    assertThat(profiler.runs.getFirst().isClosed).isFalse();
    guard.unsetProfiler(profiler);
    pass(LOOK);
    assertThat(profiler.runs.getFirst().isClosed).isTrue();
    assertThat(remark("busy", FIXED)).isEmpty();
  }

  @Test
  void aProfilerThatCannotMeasureIsAskedAgain() {
    profiler.failure = "no recorder";
    limit("busy", 50, 0, Over.WARN);
    pass(Measuring.PAUSE.minus(LOOK));
    profiler.failure = null;
    assertThat(profiler.runs).isEmpty();
    pass(LOOK.multipliedBy(2));
    assertThat(profiler.runs).hasSize(1);
  }

  @Test
  void figuresAreToldOfServicesWithALimit() throws Exception {
    profiler.busy.putAll(Map.of("busy", 1.5, "echo", 0.1));
    profiler.kept.put("echo", 100L);
    limit("busy", 50, 0, Over.WARN);
    limit("echo", 0, 20, Over.WARN);
    guard.configure("time", Shares.UNLIMITED, true);
    pass(WINDOW.minus(LOOK));
    ShareMeter meter = new ShareMeter(guard);
    assertThat(Told.of(meter))
        .containsExactlyInAnyOrder(
            "slipway_service_share_limit_ratio{service=\"busy\",resource=\"cpu\"} 0.5",
            "slipway_service_over_share_total{service=\"busy\",resource=\"cpu\"} 0.0",
            "slipway_service_share_limit_ratio{service=\"echo\",resource=\"heap\"} 0.2",
            "slipway_service_over_share_total{service=\"echo\",resource=\"heap\"} 0.0");
    passLong();
    assertThat(Told.of(meter))
        .containsExactlyInAnyOrder(
            "slipway_service_share_ratio{service=\"busy\",resource=\"cpu\"} 0.75",
            "slipway_service_share_limit_ratio{service=\"busy\",resource=\"cpu\"} 0.5",
            "slipway_service_over_share_total{service=\"busy\",resource=\"cpu\"} 1.0",
            "slipway_service_share_ratio{service=\"echo\",resource=\"heap\"} 0.1",
            "slipway_service_share_limit_ratio{service=\"echo\",resource=\"heap\"} 0.2",
            "slipway_service_over_share_total{service=\"echo\",resource=\"heap\"} 0.0");
  }
}
