package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.world.Frame;
import slipway.world.Overrun;

class ScheduleTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long START = Long.MAX_VALUE - 5 * SECOND; // the clock overflows meanwhile

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 25, 30, 60, 144, 240})
  void tenMinutesHaveTheirFramesExactly(int fps) {
    Schedule schedule = new Schedule(fps, Overrun.skip(), START);
    for (int frames = 0; frames < 600 * fps; frames++) {
      assertThat(schedule.begin(schedule.due() + 100_000).missed()).isZero();
    }
    assertThat(schedule.due() - START).isEqualTo(600 * SECOND);
  }

  @Test
  void theLatenessOfAFrameDoesNotMoveTheNextOne() {
    Schedule schedule = new Schedule(25, Overrun.skip(), 0);
    schedule.begin(39_999_999);
    assertThat(schedule.due()).isEqualTo(40_000_000);
  }

  @Test
  void framesWhoseTimeHasPassedAreLeftOut() {
    Schedule schedule = new Schedule(25, Overrun.skip(), 0);
    schedule.begin(0);
    assertThat(schedule.begin(130_000_000)).isEqualTo(new Frame(3, 40_000_000, 2, false));
    assertThat(schedule.due()).isEqualTo(160_000_000);
  }

  @Test
  void someFramesAreMadeUpFor() {
    Schedule schedule = new Schedule(25, Overrun.catchUp(2), 0);
    schedule.begin(0);
    assertThat(schedule.begin(210_000_000)).isEqualTo(new Frame(3, 40_000_000, 2, false));
    assertThat(schedule.begin(210_000_000)).isEqualTo(new Frame(4, 40_000_000, 0, false));
    assertThat(schedule.begin(210_000_000)).isEqualTo(new Frame(5, 40_000_000, 0, false));
    assertThat(schedule.due()).isEqualTo(240_000_000);
  }

  @Test
  void timeStandsStillForAWorldThatIsStretched() {
    Schedule schedule = new Schedule(25, Overrun.stretch(), 0);
    schedule.begin(0);
    assertThat(schedule.begin(130_000_000)).isEqualTo(new Frame(1, 40_000_000, 0, false));
    assertThat(schedule.due()).isEqualTo(160_000_000);
  }

  @Test
  void anotherRateHoldsFromTheNextFrameOn() {
    Schedule schedule = new Schedule(25, Overrun.skip(), 0);
    schedule.begin(0);
    schedule.change(50, Overrun.skip());
    assertThat(schedule.due()).isEqualTo(40_000_000);
    assertThat(schedule.begin(40_000_000)).isEqualTo(new Frame(1, 20_000_000, 0, false));
    assertThat(schedule.due()).isEqualTo(60_000_000);
  }
}
