package slipway.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ControlThreadTest {

  @Test
  void aQuestionIsAnsweredByTheThread() {
    ScheduledExecutorService thread = ControlThread.named("test-owner");
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
    ScheduledExecutorService thread = ControlThread.named("test-owner");
    thread.shutdownNow();
    assertThatThrownBy(() -> ControlThread.ask(thread, () -> 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no answer: the host ends");
  }
}
