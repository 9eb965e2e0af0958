package slipway.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WindowTest {

  private static final long SELF = ProcessHandle.current().pid();

  @Test
  void aHelperIsNoStranger() throws IOException {
    Window.Account account = Window.open(SELF, SELF).close();
    assertThat(account.foreign()).isBetween(0.0, 1.0);
    assertThat(account.seconds()).isPositive();
  }

  @Test
  void aHelperHasToBeThere() {
    assertThatThrownBy(() -> Window.open(SELF, Long.MAX_VALUE)).isInstanceOf(IOException.class);
  }
}
