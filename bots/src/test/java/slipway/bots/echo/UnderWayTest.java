package slipway.bots.echo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnderWayTest {

  private final UnderWay packets = new UnderWay(3);

  @Test
  void numbersRiseFromZeroUpToTheLimit() {
    assertThat(packets.send(10)).isZero();
    assertThat(packets.send(20)).isEqualTo(1);
    assertThat(packets.room()).isEqualTo(1);
    assertThat(packets.send(30)).isEqualTo(2);
    assertThat(packets.room()).isZero();
    assertThat(packets.count()).isEqualTo(3);
  }

  @Test
  void anAnswerGivesTheTimeOfItsPacketOnce() {
    packets.send(10);
    packets.send(20);
    assertThat(packets.answer(1)).isEqualTo(20);
    assertThat(packets.answer(1)).isEqualTo(UnderWay.NONE);
    assertThat(packets.first()).isZero();
    assertThat(packets.answer(0)).isEqualTo(10);
    assertThat(packets.answer(0)).isEqualTo(UnderWay.NONE);
    assertThat(packets.first()).isEqualTo(2);
    assertThat(packets.count()).isZero();
  }

  @Test
  void whatWasNotSentIsNotAnswered() {
    packets.send(10);
    assertThat(packets.answer(1)).isEqualTo(UnderWay.NONE);
    assertThat(packets.answer(-1)).isEqualTo(UnderWay.NONE);
    assertThat(packets.answer(3)).isEqualTo(UnderWay.NONE);
    assertThat(packets.count()).isEqualTo(1);
  }

  @Test
  void thereIsRoomOnlyBehindTheFirstThatIsMissing() {
    packets.send(10);
    packets.send(20);
    packets.send(30);
    packets.answer(1);
    packets.answer(2);
    assertThat(packets.room()).isZero();
    packets.answer(0);
    assertThat(packets.room()).isEqualTo(3);
    assertThat(packets.send(40)).isEqualTo(3);
    assertThat(packets.answer(3)).isEqualTo(40);
  }

  @Test
  void thoseSentBeforeATimeAreCounted() {
    packets.send(Long.MAX_VALUE - 5); // the clock of the system may overflow
    packets.send(Long.MAX_VALUE);
    packets.send(Long.MIN_VALUE + 5);
    assertThat(packets.sentBefore(Long.MIN_VALUE + 5)).isEqualTo(2);
    packets.answer(0);
    assertThat(packets.sentBefore(Long.MIN_VALUE + 5)).isEqualTo(1);
  }

  @Test
  void whatIsForgottenIsNotAnsweredAndNumbersGoOnRising() {
    packets.send(10);
    packets.send(20);
    packets.forget();
    assertThat(packets.count()).isZero();
    assertThat(packets.answer(0)).isEqualTo(UnderWay.NONE);
    assertThat(packets.send(30)).isEqualTo(2);
  }
}
