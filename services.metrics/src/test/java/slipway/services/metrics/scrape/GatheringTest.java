package slipway.services.metrics.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import slipway.meter.Distribution;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;

class GatheringTest {

  /** For tests in which nothing may be too slow. */
  static final Gathering.Limits PATIENT =
      new Gathering.Limits(Duration.ofMinutes(1), Duration.ofMinutes(2));

  private static final Gathering.Limits SHORT =
      new Gathering.Limits(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private static final Meter USERS = readings -> readings.value(Figures.USERS, 3);

  private static Contributor of(String bundle, Meter meter) {
    return new Contributor(meter, bundle);
  }

  private static Map<String, Family> gather(Contributor... contributors) throws Exception {
    return gather(PATIENT, contributors);
  }

  private static Map<String, Family> gather(Gathering.Limits limits, Contributor... contributors)
      throws Exception {
    try (Gathering gathering =
        new Gathering(() -> List.of(contributors), limits, System::nanoTime)) {
      return byName(gathering.gather());
    }
  }

  private static Map<String, Family> byName(Collection<Family> families) {
    return families.stream()
        .collect(Collectors.toMap(family -> family.metric().name(), Function.identity()));
  }

  private static Map<List<String>, Value> series(Map<String, Family> families, Metric metric) {
    return families.get(metric.name()).series();
  }

  private static Map<List<String>, Value> failures(Map<String, Family> families) {
    return families.get("slipway_meter_failures_total").series();
  }

  // ---- two that tell the same ------------------------------------------------------------------

  @Test
  void whatTwoVersionsTellOfTheSameIsAddedUp() throws Exception {
    Figures one = new Figures();
    Meter other =
        readings -> {
          readings.value(Figures.MESSAGES, 7, "other");
          readings.value(Figures.MESSAGES, 8, "third");
          readings.value(Figures.USERS, 2);
          readings.state(Figures.STATE, Figures.Phase.STOPPED, "demo");
          readings.info(Figures.BUILD, "1.0");
          readings.histogram(Figures.SIZES, Distribution.of(1, 50));
        };
    Map<String, Family> families = gather(of("demo", one), of("demo", other));
    assertThat(series(families, Figures.MESSAGES))
        .containsEntry(List.of("other"), new Value.Figure(12_345_678_908L))
        .containsEntry(List.of("third"), new Value.Figure(8))
        .hasSize(3);
    assertThat(series(families, Figures.USERS).values()).containsExactly(new Value.Figure(0.5));
    assertThat(series(families, Figures.STATE).values())
        .containsExactly(new Value.State(List.of("RUNS", "STOPPED")));
    assertThat(series(families, Figures.BUILD).values()).containsExactly(new Value.Info());
    assertThat(series(families, Figures.SIZES).values())
        .containsExactly(new Value.Buckets(Distribution.of(4, 350)));
    assertThat(families).doesNotContainKey("slipway_meter_failures_total");
  }

  @Test
  void theLaterOneGivesWayIfTheyDisagree() throws Exception {
    Metric otherHelp = Metric.gauge("demo_users", "Others.");
    Metric otherKind = Metric.histogram("demo_users", "Users.");
    Map<String, Family> families =
        gather(
            of("first", USERS),
            of(
                "second",
                readings -> {
                  readings.value(otherHelp, 9);
                  readings.value(Figures.MESSAGES, 1, "a");
                }),
            of("third", readings -> readings.histogram(otherKind, Distribution.of(1, 1))));
    assertThat(series(families, Figures.USERS).values()).containsExactly(new Value.Figure(3));
    assertThat(series(families, Figures.MESSAGES)).hasSize(1);
    assertThat(failures(families))
        .containsOnlyKeys(List.of("second", "conflict"), List.of("third", "conflict"));
  }

  @Test
  void histogramsWithOtherBucketsAreNotAddedUp() throws Exception {
    Distribution buckets = new Distribution(List.of(1.0), List.of(1L, 2L), 3);
    Map<String, Family> families =
        gather(
            of("first", readings -> readings.histogram(Figures.SIZES, Distribution.of(1, 1))),
            of("second", readings -> readings.histogram(Figures.SIZES, buckets)));
    assertThat(series(families, Figures.SIZES).values())
        .containsExactly(new Value.Buckets(Distribution.of(1, 1)));
    assertThat(failures(families)).containsOnlyKeys(List.of("second", "conflict"));
  }

  // ---- one that does not tell ------------------------------------------------------------------

  @Test
  void oneThatThrowsIsLeftOutWithAllThatItHasTold() throws Exception {
    Meter half =
        readings -> {
          readings.value(Figures.MESSAGES, 1, "a");
          throw new NoClassDefFoundError("on purpose");
        };
    Map<String, Family> families = gather(of("bad", half), of("good", USERS));
    assertThat(families).doesNotContainKey(Figures.MESSAGES.name());
    assertThat(series(families, Figures.USERS)).hasSize(1);
    assertThat(failures(families)).containsOnlyKeys(List.of("bad", "failed"));
  }

  @Test
  void oneThatHangsIsLeftOutAndNotAskedAgainBeforeItHasEnded() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicReference<Throwable> late = new AtomicReference<>();
    Meter hanging =
        readings -> {
          try {
            goOn.await();
          } catch (InterruptedException told) {
            interrupted.countDown();
          }
          goOn.await(); // it does not listen
          try {
            readings.value(Figures.USERS, 9);
          } catch (IllegalStateException refused) {
            late.set(refused);
          }
        };
    Contributor bad = of("bad", hanging);
    try (Gathering gathering =
        new Gathering(() -> List.of(bad, of("good", USERS)), SHORT, System::nanoTime)) {
      for (int scrape = 1; scrape <= 3; scrape++) {
        Map<String, Family> families = byName(gathering.gather());
        assertThat(series(families, Figures.USERS).values()).containsExactly(new Value.Figure(3));
        assertThat(failures(families))
            .containsEntry(List.of("bad", "slow"), new Value.Figure(scrape));
      }
      interrupted.await();
      assertThat(bad.isBeingRead()).isTrue();
      goOn.countDown();
      while (bad.isBeingRead()) {
        Thread.onSpinWait();
      }
      assertThat(late.get()).hasMessageContaining("a meter tells within a second");
    }
  }

  @Test
  void metersShareTheTimeOfAScrape() throws Exception {
    long[] now = {0};
    Meter slow = readings -> now[0] += Duration.ofSeconds(3).toNanos();
    try (Gathering gathering =
        new Gathering(
            () -> List.of(of("a", slow), of("b", slow), of("c", USERS)),
            new Gathering.Limits(Duration.ofMinutes(1), Duration.ofSeconds(5)),
            () -> now[0])) {
      assertThat(failures(byName(gathering.gather()))).containsOnlyKeys(List.of("c", "slow"));
    }
  }

  @Test
  void troubleIsToldOnceUntilItIsOver() {
    Contributor one = of("demo", USERS);
    assertThat(one.isNews("a")).isTrue();
    assertThat(one.isNews("a")).isFalse();
    assertThat(one.isNews("b")).isTrue();
    one.succeeded();
    assertThat(one.isNews("b")).isTrue();
  }

  // ---- what is refused -------------------------------------------------------------------------

  private static void assertRefused(Meter meter, String message) {
    Readings readings = new Collected();
    assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> meter.read(readings)))
        .hasMessageContaining(message);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertRefused(readings -> readings.info(Figures.USERS), "allowed is what it is, GAUGE");
    assertRefused(
        readings -> readings.value(Figures.MESSAGES, 1), "allowed is a value for each of [room]");
    assertRefused(
        readings -> readings.value(Figures.MESSAGES, -1, "a"), "allowed is a number of 0 or more");
    assertRefused(
        readings -> readings.value(Figures.MESSAGES, Double.NaN, "a"), "a number of 0 or more");
    assertRefused(
        readings -> {
          readings.value(Figures.USERS, 1);
          readings.value(Figures.USERS, 2);
        },
        "allowed is each series once");
    assertRefused(
        readings ->
            IntStream.rangeClosed(0, Collected.MOST_SERIES)
                .forEach(at -> readings.value(Figures.MESSAGES, 1, "room " + at)),
        "allowed is 10000 for one meter");
  }
}
