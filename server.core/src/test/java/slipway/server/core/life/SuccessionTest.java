package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import slipway.server.core.life.Succession.Turn;

/** Which version serves, without anything being started or stopped. */
class SuccessionTest {

  private final Succession versions = new Succession();
  private final Version one = version(1);
  private final Version two = version(2);
  private final Version three = version(3);

  private static Version version(long bundle) {
    ManualControl thread = new ManualControl();
    return new Version("echo", new FakeProvider(bundle, bundle + ".0.0"), null, thread, () -> 0);
  }

  private void serveInTurn(Version... all) {
    for (Version version : all) {
      versions.add(version);
      if (versions.candidate() != null) {
        versions.promote();
      }
    }
  }

  private void assertThatServes(Version serving, Version candidate) {
    assertThat(versions.serving()).isSameAs(serving);
    assertThat(versions.candidate()).isSameAs(candidate);
  }

  @Test
  void nobodyServesAtFirst() {
    assertThatServes(null, null);
    assertThat(versions.hasFallBack()).isFalse();
    assertThat(versions.isEmpty()).isTrue();
    assertThat(versions.isStopped()).isTrue();
    assertThat(versions.isAlone()).isTrue();
  }

  @Test
  void theFirstServesAndANewerOneIsACandidate() {
    versions.add(one);
    versions.add(two);
    assertThatServes(one, two);
    assertThat(versions.all()).containsExactly(two, one);
    assertThat(versions.allButCandidate()).containsExactly(one);
    assertThat(versions.promote()).isSameAs(one);
    assertThatServes(two, null);
  }

  @Test
  void anOlderOneThatComesLateIsKeptInReserve() {
    versions.add(two);
    versions.add(one);
    assertThatServes(two, null);
    assertThat(versions.hasFallBack()).isTrue();
  }

  @Test
  void aNewerCandidateOvertakesAndLeavesItsPlaceWhenItIsGivenUp() {
    versions.add(one);
    versions.add(two);
    versions.add(three);
    assertThatServes(one, three);
    assertThat(versions.giveUp()).isSameAs(three);
    assertThatServes(one, two);
    assertThat(versions.giveUp()).isSameAs(two);
    assertThatServes(one, null);
  }

  @Test
  void fallsBackToTheNextOlderOneThatMayServe() {
    serveInTurn(one, two, three);
    two.reject("no such class");
    assertThat(versions.fallBack()).isSameAs(three);
    assertThatServes(one, null);
    assertThat(three.standing()).isEqualTo(Standing.WITHDRAWN);
    assertThat(versions.hasFallBack()).isFalse();
  }

  @Test
  void neverFallsBackToOneThatIsWithdrawnOrReleased() {
    serveInTurn(one, two, three);
    two.withdraw();
    assertThat(one.release()).isTrue();
    assertThat(one.release()).as("once").isFalse();
    assertThat(versions.hasFallBack()).isFalse();
  }

  @Test
  void aReleasedVersionIsNotWithdrawnAnyMore() {
    one.release();
    one.withdraw();
    assertThat(one.standing()).isEqualTo(Standing.RELEASED);
  }

  @Test
  void theCandidateServesInPlaceOfOneThatIsTakenAway() {
    versions.add(one);
    versions.add(two);
    assertThat(versions.withdraw(one)).isEqualTo(Turn.NEWER);
    assertThatServes(two, null);
  }

  @Test
  void theOneBeforeServesInPlaceOfOneThatIsTakenAway() {
    serveInTurn(one, two);
    assertThat(versions.withdraw(two)).isEqualTo(Turn.OLDER);
    assertThatServes(one, null);
    assertThat(versions.withdraw(one)).isEqualTo(Turn.NONE);
    assertThatServes(null, null);
    versions.add(three);
    assertThatServes(three, null);
  }

  @Test
  void aCandidateThatIsTakenAwayChangesNothingForTheOneThatServes() {
    versions.add(one);
    versions.add(two);
    assertThat(versions.withdraw(two)).isEqualTo(Turn.NONE);
    assertThatServes(one, null);
  }

  @Test
  void whatIsGoneFromTheFrameworkLeavesItsPartToOthers() {
    versions.add(one);
    versions.add(two);
    versions.remove(two.provider());
    assertThatServes(one, null);
    versions.add(three);
    versions.remove(one.provider());
    assertThatServes(three, null);
    versions.remove(three.provider());
    assertThatServes(null, null);
    assertThat(versions.isEmpty()).isTrue();
  }
}
