package slipway.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ControlThreadTest {

  @Test
  void aQuestionIsAnsweredByTheThread() {
    ControlThread thread = new ControlThread("test-owner");
    try {
      String name = ControlThread.ask(thread, () -> Thread.currentThread().getName());
      assertThat(name).isEqualTo("test-owner");
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  @Timeout(20) // less than an answer may take
  void aThreadThatHasEndedIsNotWaitedFor() {
    ControlThread thread = new ControlThread("test-owner");
    thread.shutdownNow();
    assertThatThrownBy(() -> ControlThread.ask(thread, () -> 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no answer: the host ends");
  }
}
