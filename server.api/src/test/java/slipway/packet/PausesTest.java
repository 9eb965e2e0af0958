package slipway.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pauses between tries of a server. */
class PausesTest {

  private static final Duration SHORTEST = Duration.ofNanos(100);
  private static final Duration LONGEST = Duration.ofNanos(1000);

  @Test
  void eachIsTwiceAsLongUpToTheLongestOfWhichHalfIsDrawn() {
    for (int seed = 0; seed < 100; seed++) {
      Pauses pauses = new Pauses(SHORTEST, LONGEST, new Random(seed));
      for (long whole : new long[] {100, 200, 400, 800, 1000, 1000}) {
        assertThat(pauses.next()).isBetween(whole / 2, whole);
      }
      pauses.reset();
      assertThat(pauses.next()).isBetween(50L, 100L);
    }
  }

  @Test
  void twoClientsDoNotComeAtOnce() {
    Pauses one = new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(1), new Random(1));
    Pauses other = new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(1), new Random(2));

    assertThat(one.next()).isNotEqualTo(other.next());
  }

  @Test
  void theLongestMayBeAsLongAsADurationCanBe() {
    Duration centuries = Duration.ofNanos(Long.MAX_VALUE);
    Pauses pauses = new Pauses(centuries, centuries, new Random(1));

    assertThat(pauses.next()).isPositive();
    assertThat(pauses.next()).isPositive();
  }
}
