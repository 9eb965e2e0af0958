package slipway.bots.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AskedTest {

  private final Asked asked = new Asked();

  @Test
  void numbersRiseAndAreRememberedWithTheirValues() {
    assertThat(asked.ask(0, 70)).isZero();
    assertThat(asked.ask(0, 71)).isEqualTo(1);
    assertThat(asked.value(1)).isEqualTo(71);
    assertThat(asked.isUnderWay(1)).isTrue();
    assertThat(asked.isUnderWay(2)).isFalse();
    assertThat(asked.isUnderWay(-1)).isFalse();
  }

  @Test
  void eachIsLateOnce() {
    asked.ask(10, 0);
    asked.ask(20, 0);
    assertThat(asked.late(10)).isZero();
    assertThat(asked.late(11)).isEqualTo(1);
    assertThat(asked.untold()).isEqualTo(1);
    assertThat(asked.late(30)).isEqualTo(1);
    assertThat(asked.late(30)).isZero();
    assertThat(asked.isAwaited()).isFalse();
    assertThat(asked.isUnderWay(0)).isTrue();
    assertThat(asked.answer(1)).isZero();
    assertThat(asked.isUnderWay(1)).isFalse();
  }

  @Test
  void thoseBeforeAnAnswerAreMissed() {
    for (int i = 0; i < 4; i++) {
      asked.ask(i, 0);
    }
    assertThat(asked.late(1)).isEqualTo(1);
    assertThat(asked.answer(2)).isEqualTo(1);
    assertThat(asked.isUnderWay(1)).isFalse();
    assertThat(asked.isAwaited()).isTrue();
    assertThat(asked.forget()).isEqualTo(1);
    assertThat(asked.isAwaited()).isFalse();
  }

  @Test
  void itIsFullUntilOneIsAnswered() {
    for (int i = 0; i < Asked.LIMIT; i++) {
      assertThat(asked.isFull()).isFalse();
      asked.ask(0, i);
    }
    assertThat(asked.isFull()).isTrue();
    asked.answer(0);
    assertThat(asked.isFull()).isFalse();
    assertThat(asked.ask(0, 5)).isEqualTo(Asked.LIMIT);
    assertThat(asked.value(Asked.LIMIT)).isEqualTo(5);
    assertThat(asked.value(1)).isEqualTo(1);
  }
}
