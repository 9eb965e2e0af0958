package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.service.GoingAway;
import slipway.service.GoingAway.Reason;

/** How users are brought to leave a version. */
class DrainTest {

  private static final Duration TIME = Duration.ofMinutes(3);
  private static final Duration MORE = Duration.ofSeconds(10);

  private final ManualControl thread = new ManualControl();
  private final ActiveVersion active =
      TestLeases.version("echo", "1.0.0", connection -> {}, () -> {});
  private final List<Integer> overdue = new ArrayList<>();
  private final List<GoingAway> heard = new ArrayList<>();
  private final Drain drain = new Drain(active, thread, overdue::add);

  @BeforeEach
  void oneUser() {
    active.lease().onGoingAway(heard::add);
  }

  @Test
  void usersAreToldOnce() {
    drain.announce(Reason.DRAINED, TIME);
    drain.announce(Reason.DRAINED, TIME);
    assertThat(heard).hasSize(1);
    assertThat(heard.get(0).last()).isFalse();
    assertThat(drain.closed()).isZero();
  }

  @Test
  void patienceEndsAndThenTheLastTime() {
    drain.revokeLater(TIME, MORE);
    drain.revokeLater(TIME.multipliedBy(2), MORE); // agreed already
    thread.advance(TIME.minusMillis(1));
    assertThat(heard).isEmpty();
    thread.advance(Duration.ofMillis(1));
    assertThat(heard).extracting(GoingAway::last).containsExactly(true);
    assertThat(drain.closed()).isEqualTo(1);
    thread.advance(MORE);
    assertThat(overdue).containsExactly(1);
  }

  @Test
  void whoHasAnyTimeIsNotAsked() {
    drain.revokeLater(Duration.ZERO, MORE);
    thread.advance(Duration.ofDays(365));
    assertThat(heard).isEmpty();
    assertThat(overdue).isEmpty();
  }

  @Test
  void whoIsReplacedHearsNothingAndMayMove() {
    ActiveVersion next = TestLeases.version("echo", "2.0.0", connection -> {}, () -> {});
    drain.replacedBy(next, TIME);
    assertThat(heard).isEmpty();
    assertThat(active.goingAway().orElseThrow().reason()).isEqualTo(Reason.REPLACED);
    assertThat(active.successor()).isSameAs(next);
    assertThat(active.lease()).as("nobody gets in").isNull();
  }

  @Test
  void canBeTakenBack() {
    drain.revokeLater(TIME, MORE);
    drain.endLater(MORE);
    drain.revoke(Reason.LOCKED);
    drain.revoke(Reason.DRAINED); // they know
    assertThat(drain.closed()).isEqualTo(1);
    drain.reopen();
    thread.advance(TIME.plus(MORE));
    assertThat(overdue).isEmpty();
    assertThat(heard).hasSize(1);
    assertThat(active.lease()).isNotNull();
  }

  @Test
  void isOverWhenTheVersionStops() {
    drain.revokeLater(TIME, MORE);
    drain.over();
    thread.advance(TIME.plus(MORE));
    assertThat(heard).isEmpty();
  }
}
