package slipway.services.chat.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomNameTest {

  @Test
  void namesThatLookAlikeAreOneRoom() {
    assertThat(RoomName.of("#Lobby"))
        .isEqualTo(RoomName.of("lobby"))
        .hasSameHashCodeAs(RoomName.of("LOBBY"))
        .isEqualTo(RoomName.of("ｌｏｂｂｙ"))
        .hasToString("Lobby");
    assertThat(RoomName.of("lobby")).isNotEqualTo(RoomName.of("lobby2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "#", "##a", "a b", "a\u001b[2J", "a/b", "\u0301a"})
  void whatIsNoNameIsRefusedWithWhatIsAllowed(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RoomName.of(text))
        .withMessageStartingWith("a room's name is 1 to 32 letters");
  }

  /** Rooms are read back from their keys. */
  @Test
  void aKeyIsTheNameOfItsRoom() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (Character.isLetterOrDigit(point)) {
        String text = "a" + Character.toString(point) + "Σ";
        RoomName name;
        try {
          name = RoomName.of(text);
        } catch (IllegalArgumentException noName) {
          continue;
        }
        assertThat(RoomName.of(name.key()).key()).as("U+%04X", point).isEqualTo(name.key());
      }
    }
  }
}
