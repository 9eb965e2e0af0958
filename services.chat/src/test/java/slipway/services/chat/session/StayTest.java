package slipway.services.chat.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StayTest {

  @ParameterizedTest
  @CsvSource({
    "NEW,SERVED",
    "NEW,LEFT",
    "SERVED,GIVING_UP",
    "SERVED,ENDED",
    "GIVING_UP,SERVED",
    "GIVING_UP,GIVEN_UP",
    "GIVING_UP,ENDED",
    "ENDED,LEFT"
  })
  void aSessionGoesOn(Stay from, Stay to) {
    assertThat(from.to(to)).isEqualTo(to);
  }

  @ParameterizedTest
  @CsvSource({"NEW,GIVING_UP", "SERVED,GIVEN_UP", "ENDED,SERVED", "GIVEN_UP,LEFT", "LEFT,SERVED"})
  void aSessionDoesNotJump(Stay from, Stay to) {
    assertThatThrownBy(() -> from.to(to)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatWasNeverCountedHasNothingToLeaveWhenItEnds() {
    assertThat(Stay.NEW.ended()).isEqualTo(Stay.LEFT);
    assertThat(Stay.SERVED.ended()).isEqualTo(Stay.ENDED);
  }

  @ParameterizedTest
  @EnumSource(names = {"GIVEN_UP", "ENDED", "LEFT"})
  void whatIsOverStaysWhatItIs(Stay stay) {
    assertThat(stay.isOver()).isTrue();
    assertThat(stay.ended()).isEqualTo(stay);
  }
}
