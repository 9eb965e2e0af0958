package slipway.server.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowTest {

  private static Row row(long... times) {
    Row row = new Row();
    Arrays.stream(times).forEach(row::add);
    return row;
  }

  @Test
  void theAverageLeavesOutTheTwoLeastAndTheTwoGreatest() {
    Figures figures = row(10, 11, 12, 900, 1, 2, 800).figures();
    assertThat(figures).isEqualTo(new Figures(7, 1736, 1, 2, 800, 900));
    assertThat(figures.average()).isEqualTo(11.0);
  }

  @Test
  void ofFewTimesTheAverageIsOfAll() {
    assertThat(row(1, 2, 3, 10).figures().average()).isEqualTo(4.0);
    assertThat(row(5).figures()).isEqualTo(new Figures(1, 5, 5, Long.MAX_VALUE, 0, 5));
  }

  /** Compared with what comes of sorting all times. */
  @Test
  void anyTwoRowsTogetherAreAsOne() {
    Random random = new Random(3);
    for (int round = 0; round < 20_000; round++) {
      long[] some = random.longs(random.nextInt(1, 8), 1, 9).toArray();
      long[] others = random.longs(random.nextInt(1, 8), 1, 9).toArray();
      Row both = row(some);
      both.add(row(others).figures());
      long[] all = LongStream.concat(Arrays.stream(some), Arrays.stream(others)).sorted().toArray();
      int last = all.length - 1;
      assertThat(both.figures())
          .as("%s and %s", Arrays.toString(some), Arrays.toString(others))
          .isEqualTo(
              new Figures(
                  all.length, Arrays.stream(all).sum(), all[0], all[1], all[last - 1], all[last]));
    }
  }
}
