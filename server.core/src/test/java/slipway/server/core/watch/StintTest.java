package slipway.server.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StintTest {

  private static final Duration AFTER = Duration.ofSeconds(1);
  private static final Offence OFFENCE = new Offence(null, 0, "keeps", List.of(), "");

  private final Stint stint = new Stint();

  /** The seconds after which it is told, of so many. */
  private List<Long> told(int seconds) {
    List<Long> told = new ArrayList<>();
    for (int second = 1; second <= seconds; second++) {
      stint.goesOn(7, Duration.ofSeconds(1));
      if (stint.isDue(AFTER)) {
        stint.tell(OFFENCE);
        told.add(stint.lasted().toSeconds());
      }
    }
    return told;
  }

  @Test
  void itIsToldWhenItIsTooLongThenAtTenSecondsAndThenEachMinute() {
    stint.goesOn(7, Duration.ZERO);
    assertThat(told(200)).containsExactly(1L, 10L, 60L, 120L, 180L);
  }

  @Test
  void somethingElseBeginsAnew() {
    stint.goesOn(7, Duration.ZERO);
    told(5);
    assertThat(stint.told()).isNotNull();
    assertThat(stint.goesOn(8, Duration.ofSeconds(1))).isFalse();
    assertThat(stint.told()).isNull();
    assertThat(stint.isDue(AFTER)).isFalse();
    stint.goesOn(7, Duration.ZERO);
    assertThat(told(3)).containsExactly(1L);
  }
}
