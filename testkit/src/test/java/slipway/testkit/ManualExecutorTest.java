package slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualExecutorTest {

  private final ManualExecutor executor = new ManualExecutor();
  private final List<String> done = new ArrayList<>();

  @Test
  void tasksAreDoneAtOnceUnlessItIsHeld() {
    executor.execute(() -> done.add("at once"));
    executor.hold();
    executor.execute(() -> done.add("first"));
    executor.execute(() -> done.add("second"));
    assertThat(executor.waiting()).isEqualTo(2);
    assertThat(done).containsExactly("at once");
    executor.release();
    executor.execute(() -> done.add("after"));
    assertThat(done).containsExactly("at once", "first", "second", "after");
    assertThat(executor.waiting()).isZero();
  }

  @Test
  void whatATaskAsksForWhenItIsReleasedIsDoneWithinIt() {
    executor.hold();
    executor.execute(() -> executor.execute(() -> done.add("inner")));
    executor.execute(() -> done.add("next"));
    executor.release();
    assertThat(done).containsExactly("inner", "next");
  }
}
