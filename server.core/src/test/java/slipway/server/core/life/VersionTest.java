package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.server.core.life.TestLeases.leaveWhenAsked;

import org.junit.jupiter.api.Test;
import slipway.server.core.life.Version.Phase;
import slipway.service.GoingAway.Reason;

/** The life of one version's bundle, without anything that decides. */
class VersionTest {

  private static final ServiceSettings SETTINGS = ServiceSettings.DEFAULT;

  private final ManualControl thread = new ManualControl();
  private final FakeProvider bundle = new FakeProvider(1, "1.0.0");
  private final Told told = new Told();
  private final Version version = new Version("echo", bundle, told, thread, thread::nanos);

  private static final class Told implements Version.Listener {
    private int changes;
    private int idle;

    @Override
    public void changed() {
      changes++;
    }

    @Override
    public void idle(Version left) {
      idle++;
    }

    @Override
    public boolean rejected(ActiveVersion failed, String reason) {
      return false;
    }
  }

  private void start() {
    version.start(false, SETTINGS, false);
  }

  private void stop() {
    version.stop(SETTINGS.stopTimeout());
  }

  @Test
  void startsAndStops() {
    bundle.slow = true;
    start();
    assertThat(version.phase()).isEqualTo(Phase.STARTING);
    bundle.finish();
    assertThat(version.phase()).isEqualTo(Phase.ACTIVE);
    assertThat(version.active().service()).isSameAs(bundle.service);
    stop();
    assertThat(version.isOnItsWay()).isTrue();
    bundle.finish();
    assertThat(version.phase()).isEqualTo(Phase.STOPPED);
    assertThat(version.active()).isNull();
    assertThat(told.changes).isEqualTo(2);
  }

  @Test
  void aServiceThatIsGoneAsSoonAsItIsThereIsStartedAnew() {
    bundle.slow = true;
    start();
    bundle.withdrawn = true;
    bundle.finish();
    assertThat(version.phase()).isEqualTo(Phase.STARTING);
    assertThat(bundle.starts).isEqualTo(2);
    assertThat(told.changes).isZero();
    bundle.withdrawn = false;
    bundle.finish();
    assertThat(version.phase()).isEqualTo(Phase.ACTIVE);
  }

  @Test
  void aLateStartIsUnfitUntilItIsThereAfterAll() {
    bundle.slow = true;
    start();
    thread.advance(SETTINGS.startTimeout());
    assertThat(version.isUnfit()).isTrue();
    assertThat(version.failure().reason()).isEqualTo("it did not start within 10s");
    bundle.finish();
    assertThat(version.isUnfit()).isFalse();
    stop();
    thread.advance(SETTINGS.stopTimeout());
    assertThat(version.failure().isSet()).isTrue();
    assertThat(version.isUnfit()).as("it has only not stopped in time").isFalse();
  }

  @Test
  void whatComesOfBeingLateDoesNotHideThatItWasLate() {
    bundle.slow = true;
    start();
    thread.advance(SETTINGS.startTimeout());
    bundle.fail("interrupted");
    assertThat(version.failure().reason()).isEqualTo("it did not start within 10s");
    assertThat(version.phase())
        .as("active without its service it would be neither")
        .isEqualTo(Phase.STOPPING);
  }

  @Test
  void isProvenForAllItsStarts() {
    start();
    assertThat(version.active().proof().show()).isTrue();
    version.proof().accept();
    stop();
    start();
    assertThat(version.isProven()).isTrue();
    assertThat(version.active().proof().show()).isFalse();
  }

  @Test
  void countsWhomItHasAskedToLeaveInAllItsStarts() {
    for (int i = 1; i <= 2; i++) {
      start();
      leaveWhenAsked(version.active().lease());
      version.drain().revoke(Reason.LOCKED);
      assertThat(version.users()).isZero();
      stop();
      assertThat(version.closed()).isEqualTo(i);
    }
  }

  @Test
  void usersWhoStayAreLeftBehindAtTheEnd() {
    start();
    version.active().lease();
    version.drain().endLater(SETTINGS.stopTimeout());
    thread.advance(SETTINGS.stopTimeout());
    assertThat(version.phase()).isEqualTo(Phase.STOPPED);
  }

  @Test
  void whoLeavesAVersionThatHasStoppedIsNobodysBusiness() {
    start();
    version.active().watchIdle(true);
    ServiceLease user = version.active().lease();
    user.close();
    assertThat(told.idle).isEqualTo(1);
    ServiceLease late = version.active().lease();
    stop();
    late.close();
    assertThat(told.idle).isEqualTo(1);
  }
}
