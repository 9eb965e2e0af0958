package slipway.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import slipway.health.Finding;
import slipway.health.Finding.Status;
import slipway.health.HealthCheck;
import slipway.health.HealthReport;
import slipway.health.HealthReport.Checked;
import slipway.health.Probe;

@Timeout(60)
class HostHealthTest {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final AtomicLong nanos = new AtomicLong();
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    over.countDown();
  }

  private HostHealth health(Duration limit) {
    return new HostHealth(
        new Checkup.Rules(
            limit,
            Duration.ofSeconds(1),
            nanos::get,
            Thread.ofPlatform().daemon().name("test-health-", 1).factory()));
  }

  private static HealthCheck check(String name, Callable<Finding> finding, Probe... probes) {
    return new HealthCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Set<Probe> probes() {
        return Set.of(probes);
      }

      @Override
      public Finding check() throws Exception {
        return finding.call();
      }
    };
  }

  private static HealthCheck ready(String name, Callable<Finding> finding) {
    return check(name, finding, Probe.READINESS);
  }

  private static Finding only(HealthReport report) {
    assertThat(report.checks()).hasSize(1);
    return report.checks().getFirst().finding();
  }

  @Test
  void aProbeHasItsChecksByNameAndNoOthers() {
    HostHealth health = health(LONG);
    health.addCheck(check("start", () -> Finding.OK, Probe.STARTUP, Probe.READINESS));
    health.addCheck(check("loops", () -> Finding.OK, Probe.LIVENESS));
    health.addCheck(ready("database", () -> Finding.warning("it is away")));
    HealthReport report = health.report(Probe.READINESS);
    assertThat(report.probe()).isEqualTo(Probe.READINESS);
    assertThat(report.checks())
        .containsExactly(
            new Checked("database", Finding.warning("it is away")),
            new Checked("start", Finding.OK));
    assertThat(report.succeeds()).isTrue();
  }

  @Test
  void withoutChecksAProbeSucceeds() {
    assertThat(health(LONG).report(Probe.LIVENESS).succeeds()).isTrue();
  }

  @Test
  void oneThatHasFailedFailsTheProbe() {
    HostHealth health = health(LONG);
    health.addCheck(ready("good", () -> Finding.OK));
    health.addCheck(ready("bad", () -> Finding.failed("broken")));
    assertThat(health.report(Probe.READINESS).succeeds()).isFalse();
  }

  @Test
  void oneThatThrowsHasFailedWithItsMessage() {
    HostHealth health = health(LONG);
    health.addCheck(
        ready(
            "a",
            () -> {
              throw new IllegalStateException("no answer");
            }));
    health.addCheck(
        ready(
            "b",
            () -> {
              throw new NoClassDefFoundError();
            }));
    health.addCheck(ready("c", () -> null));
    assertThat(health.report(Probe.READINESS).checks())
        .containsExactly(
            new Checked("a", Finding.failed("no answer")),
            new Checked("b", Finding.failed("java.lang.NoClassDefFoundError")),
            new Checked("c", Finding.failed("it has found nothing")));
  }

  @Test
  void aReasonIsOneHarmlessLine() {
    HostHealth health = health(LONG);
    health.addCheck(ready("two\nlines", () -> Finding.failed("one\u001b[2J\ntwo\u202e!")));
    HealthReport report = health.report(Probe.READINESS);
    assertThat(report.checks())
        .containsExactly(new Checked("two lines", Finding.failed("one two!")));
  }

  @Test
  void aReasonThatIsTooLongIsCutBetweenCharacters() {
    HostHealth health = health(LONG);
    health.addCheck(ready("chatty", () -> Finding.warning("\ud83d\ude00".repeat(1000))));
    assertThat(only(health.report(Probe.READINESS)).reason())
        .hasSizeLessThan(600)
        .endsWith("\ud83d\ude00…");
  }

  @Test
  void anAnswerHoldsForASecond() {
    HostHealth health = health(LONG);
    AtomicInteger looks = new AtomicInteger();
    health.addCheck(ready("counted", () -> Finding.warning("look " + looks.incrementAndGet())));
    assertThat(only(health.report(Probe.READINESS)).reason()).isEqualTo("look 1");
    nanos.addAndGet(Duration.ofMillis(999).toNanos());
    assertThat(only(health.report(Probe.READINESS)).reason()).isEqualTo("look 1");
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(only(health.report(Probe.READINESS)).reason()).isEqualTo("look 2");
  }

  @Test
  void checksLookSideBySide() {
    HostHealth health = health(LONG);
    CountDownLatch both = new CountDownLatch(2);
    Callable<Finding> met =
        () -> {
          both.countDown();
          both.await();
          return Finding.OK;
        };
    health.addCheck(ready("a", met));
    health.addCheck(ready("b", met));
    assertThat(health.report(Probe.READINESS).succeeds()).isTrue();
  }

  @Test
  void oneThatHangsHasFailedIsInterruptedAndIsNotBegunAgainWhileItHangs() throws Exception {
    HostHealth health = health(SHORT);
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch interrupted = new CountDownLatch(1);
    health.addCheck(
        ready(
            "stuck",
            () -> {
              looks.incrementAndGet();
              awaitStubbornly(interrupted);
              return Finding.OK;
            }));
    Finding late = Finding.failed("no answer within 20ms");
    assertThat(only(health.report(Probe.READINESS))).isEqualTo(late);
    interrupted.await();
    nanos.addAndGet(LONG.toNanos());
    assertThat(only(health.report(Probe.READINESS))).isEqualTo(late);
    assertThat(looks).hasValue(1);
  }

  private void awaitStubbornly(CountDownLatch interrupted) {
    boolean waits = true;
    while (waits) {
      try {
        over.await();
        waits = false;
      } catch (InterruptedException asked) {
        interrupted.countDown();
      }
    }
  }

  @Test
  void oneThatHungLooksAgainOnceItHasEnded() throws Exception {
    HostHealth health = health(LONG);
    CountDownLatch within = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger looks = new AtomicInteger();
    HealthCheck slow =
        ready(
            "slow",
            () -> {
              if (looks.incrementAndGet() == 1) {
                within.countDown();
                go.await();
              }
              return Finding.OK;
            });
    Checkup checkup =
        new Checkup(
            slow,
            new Checkup.Rules(
                SHORT, Duration.ofSeconds(1), nanos::get, Thread.ofPlatform().daemon().factory()));
    Look first = checkup.look();
    within.await();
    assertThat(first.await().status()).isEqualTo(Status.FAILED);
    go.countDown(); // or the interrupt has ended it already
    Look second = checkup.look();
    while (second == first) {
      Thread.onSpinWait();
      second = checkup.look();
    }
    second.await();
    assertThat(looks).hasValueGreaterThanOrEqualTo(2);
    assertThat(health.report(Probe.READINESS).checks()).isEmpty();
  }

  @Test
  void questionsAtOnceAreOneLook() throws Exception {
    HostHealth health = health(LONG);
    CountDownLatch within = new CountDownLatch(1);
    AtomicInteger looks = new AtomicInteger();
    health.addCheck(
        ready(
            "slow",
            () -> {
              looks.incrementAndGet();
              within.countDown();
              over.await();
              return Finding.warning("slow");
            }));
    Thread other = Thread.ofPlatform().start(() -> health.report(Probe.READINESS));
    within.await();
    over.countDown();
    assertThat(only(health.report(Probe.READINESS)).reason()).isEqualTo("slow");
    other.join();
    assertThat(looks).hasValue(1);
  }

  @Test
  void twoOfOneNameAreBothThere() {
    HostHealth health = health(LONG);
    health.addCheck(ready("chat", () -> Finding.OK));
    health.addCheck(ready("chat", () -> Finding.failed("old")));
    assertThat(health.report(Probe.READINESS).checks())
        .containsExactly(
            new Checked("chat", Finding.OK), new Checked("chat", Finding.failed("old")));
  }

  @Test
  void oneWhoseBundleGoesWhileItLooksIsInterruptedAndFailsNoProbe() throws Exception {
    HostHealth health = health(LONG);
    CountDownLatch within = new CountDownLatch(1);
    HealthCheck leaving =
        ready(
            "leaving",
            () -> {
              within.countDown();
              over.await();
              return Finding.OK;
            });
    health.addCheck(leaving);
    health.addCheck(ready("staying", () -> Finding.OK));
    Thread bundle =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    within.await();
                  } catch (InterruptedException never) {
                    Thread.currentThread().interrupt();
                  }
                  health.removeCheck(leaving);
                });
    assertThat(health.report(Probe.READINESS).checks())
        .containsExactly(new Checked("staying", Finding.OK));
    bundle.join();
  }

  @Test
  void oneThatDoesNotTellItsNameHasThatOfItsClassAndOneWithoutProbesIsNeverAsked() {
    HostHealth health = health(LONG);
    health.addCheck(new Nameless(Set.of(Probe.STARTUP)));
    health.addCheck(new Nameless(null));
    assertThat(health.report(Probe.STARTUP).checks())
        .containsExactly(new Checked("Nameless", Finding.OK));
  }

  private record Nameless(Set<Probe> probes) implements HealthCheck {
    @Override
    public String name() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Finding check() {
      return Finding.OK;
    }
  }

  @Test
  void aQuestionThatIsInterruptedEndsAtOnce() {
    HostHealth health = health(LONG);
    health.addCheck(
        ready(
            "slow",
            () -> {
              over.await();
              return Finding.OK;
            }));
    Thread.currentThread().interrupt();
    assertThat(only(health.report(Probe.READINESS)))
        .isEqualTo(Finding.failed("the question was interrupted"));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void checksLookAlsoIfServicesComputeOnAllThreadsOfVirtualOnes() throws Exception {
    int carriers = Runtime.getRuntime().availableProcessors();
    CountDownLatch spinning = new CountDownLatch(carriers);
    Thread[] busy = new Thread[carriers];
    for (int i = 0; i < carriers; i++) {
      busy[i] =
          Thread.ofVirtual()
              .start(
                  () -> {
                    spinning.countDown();
                    while (over.getCount() > 0) {
                      Thread.onSpinWait();
                    }
                  });
    }
    spinning.await();
    HostHealth health = new HostHealth();
    health.addCheck(check("alive", () -> Finding.OK, Probe.LIVENESS));
    assertThat(health.report(Probe.LIVENESS).succeeds()).isTrue();
    over.countDown();
    for (Thread each : busy) {
      each.join();
    }
  }
}
