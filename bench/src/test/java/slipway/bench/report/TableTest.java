package slipway.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import slipway.bench.measure.Sample;

class TableTest {

  @Test
  void namesStandLeftAndNumbersRight() {
    assertThat(new Table("server", "µs").row("host", "5.10").row("C", "14.2"))
        .hasToString(
            """
            | server |   µs |
            | ------ | ---: |
            | host   | 5.10 |
            | C      | 14.2 |
            """);
  }

  @Test
  void aBarInACellStaysInIt() {
    assertThat(new Table("a").row("x|y").toString()).contains("| x\\|y |");
  }

  @Test
  void aRowHasAsManyCellsAsTheHeader() {
    Table table = new Table("one", "two");
    assertThatThrownBy(() -> table.row("1")).hasMessage("1 cells under 2 headings");
  }

  @Test
  void numbersHaveThreeDigitsThatMeanSomething() {
    assertThat(Numbers.of(1234.5)).isEqualTo("1,235");
    assertThat(Numbers.of(12.345)).isEqualTo("12.3");
    assertThat(Numbers.of(1.2345)).isEqualTo("1.23");
    assertThat(Numbers.ratio(1.0312)).isEqualTo("1.031");
    assertThat(Numbers.ratio(1.4567)).isEqualTo("1.46");
    assertThat(Numbers.spread(Sample.of(2, 1))).isEqualTo("1.00–2.00");
  }

  @Test
  void aGoalSaysByHowMuchItIsMissed() {
    assertThat(new Goal("g", 1.03, 1.03, "×").verdict()).isEqualTo("met");
    assertThat(new Goal("g", 2, 3, "×").verdict()).isEqualTo("missed by 50.0 %");
    assertThat(new Goal("g", 0, 3, "").verdict()).isEqualTo("missed by 3.00");
    assertThat(new Goal("g", 0, Double.NaN, "").verdict()).isEqualTo("not measured");
  }
}
