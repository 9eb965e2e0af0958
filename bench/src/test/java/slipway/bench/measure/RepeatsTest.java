package slipway.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatsTest {

  private static double quieter(Repeats repeats, Double... foreign) throws IOException {
    Iterator<Double> runs = List.of(foreign).iterator();
    return repeats.quieter(runs::next, Double::doubleValue);
  }

  @Test
  void aQuietRunIsNotRepeated() throws IOException {
    assertThat(quieter(new Repeats(5), 0.01, 0.0)).isEqualTo(0.01);
  }

  @Test
  void ofADisturbedRunAndItsRepetitionTheQuieterCounts() throws IOException {
    assertThat(quieter(new Repeats(5), 0.5, 0.2)).isEqualTo(0.2);
    assertThat(quieter(new Repeats(5), 0.5, 0.7)).isEqualTo(0.5);
  }

  @Test
  void onAMachineThatIsNeverQuietTheBudgetEnds() throws IOException {
    Repeats repeats = new Repeats(1);
    quieter(repeats, 0.5, 0.2);
    assertThat(quieter(repeats, 0.5, 0.2)).isEqualTo(0.5);
  }
}
