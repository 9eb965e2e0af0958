package slipway.examples.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KeysTest {

  private final Keys keys = new Keys(Map.of());

  @Test
  void versionsShareTheirKeys() {
    Keys next = new Keys(keys.shared());
    next.set("a", new byte[] {1});
    assertThat(keys.get("a")).containsExactly(1);
    assertThat(keys.remove("a")).isTrue();
    assertThat(next.get("a")).isNull();
  }

  @Test
  void whatThereIsNoRoomForIsRefusedAndNothingIsLost() {
    byte[] half = new byte[(int) (Keys.MOST_BYTES / 2)];
    keys.set("a", half);
    assertThatThrownBy(() -> keys.set("b", half)).isInstanceOf(Keys.Full.class);
    assertThat(keys.get("b")).isNull();
    keys.set("a", new byte[1]);
    keys.set("b", half);
    assertThat(keys.count()).isEqualTo(2);
  }

  @Test
  void whatIsRemovedMakesRoom() {
    byte[] most = new byte[(int) Keys.MOST_BYTES - 200];
    for (int round = 0; round < 3; round++) {
      keys.set("a", most);
      assertThat(keys.remove("a")).isTrue();
      assertThat(keys.remove("a")).isFalse();
    }
    assertThat(keys.count()).isZero();
  }
}
