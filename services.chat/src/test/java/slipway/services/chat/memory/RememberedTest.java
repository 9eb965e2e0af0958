package slipway.services.chat.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RememberedTest {

  private final Remembered<String, Integer> memory = new Remembered<>(3);

  @Test
  void ofOneTooManyTheOldestIsForgotten() {
    assertThat(memory.put("a", 1)).isNull();
    assertThat(memory.put("b", 2)).isNull();
    assertThat(memory.put("c", 3)).isNull();
    assertThat(memory.put("d", 4)).as("what is forgotten").isEqualTo(1);
    assertThat(memory.get("a")).isNull();
    assertThat(memory.get("b")).isEqualTo(2);
    assertThat(memory.get("d")).isEqualTo(4);
  }

  @Test
  void whatIsRememberedAgainIsTheNewest() {
    memory.put("a", 1);
    memory.put("b", 2);
    memory.put("c", 3);
    assertThat(memory.put("a", 5)).as("there is no more than before").isNull();
    assertThat(memory.put("d", 4)).isEqualTo(2);
    assertThat(memory.get("a")).isEqualTo(5);
  }

  @Test
  void whatIsLookedUpOrReplacedStaysAsOldAsItIs() {
    memory.put("a", 1);
    memory.put("b", 2);
    memory.put("c", 3);
    memory.get("a");
    memory.replace("a", 9);
    assertThat(memory.get("a")).isEqualTo(9);
    assertThat(memory.put("d", 4)).isEqualTo(9);
    memory.replace("a", 10);
    assertThat(memory.get("a")).as("it was forgotten").isNull();
  }

  @Test
  void whatWasForgottenOnRequestMakesRoom() {
    memory.put("a", 1);
    memory.put("b", 2);
    memory.put("c", 3);
    assertThat(memory.remove("b")).isEqualTo(2);
    assertThat(memory.remove("b")).isNull();
    assertThat(memory.put("d", 4)).isNull();
    memory.clear();
    assertThat(memory.get("a")).isNull();
    assertThat(memory.put("e", 5)).isNull();
  }

  @Test
  void evenOneIsEnough() {
    Remembered<String, Integer> one = new Remembered<>(1);
    one.put("a", 1);
    assertThat(one.put("a", 2)).isNull();
    assertThat(one.put("b", 3)).isEqualTo(2);
    assertThat(one.get("b")).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Remembered<>(0))
        .withMessage("most = 0: allowed is 1 or more");
  }
}
