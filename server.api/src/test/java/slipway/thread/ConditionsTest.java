package slipway.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConditionsTest {

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Conditions conditions = new Conditions(tasks::add);
  private int state;

  private void run() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private void change(int to) {
    state = to;
    conditions.look();
  }

  @Test
  void whatHoldsAlreadyIsToldAfterWhatTheCallerHasAskedForBefore() {
    tasks.add(() -> state = 1);
    CompletableFuture<Void> met = conditions.when(() -> state == 1);
    assertThat(met).isNotDone();
    run();
    assertThat(met).isCompleted();
  }

  @Test
  void aConditionIsLookedAtAfterEachChangeUntilItHolds() {
    AtomicInteger looks = new AtomicInteger();
    CompletableFuture<Void> met =
        conditions.when(
            () -> {
              looks.incrementAndGet();
              return state == 2;
            });
    run();
    change(1);
    assertThat(met).isNotDone();
    change(2);
    assertThat(met).isCompleted();
    change(3);
    assertThat(looks).hasValue(3);
  }

  @Test
  void whoNoLongerWaitsIsForgotten() {
    AtomicInteger looks = new AtomicInteger();
    CompletableFuture<Void> met = conditions.when(() -> looks.incrementAndGet() < 0);
    run();
    met.cancel(false);
    conditions.look();
    conditions.look();
    assertThat(looks).hasValue(1);
  }

  @Test
  void aConditionThatThrowsFailsAndLeavesTheOthersAlone() {
    CompletableFuture<Void> bad =
        conditions.when(
            () -> {
              throw new IllegalStateException("a bug");
            });
    CompletableFuture<Void> good = conditions.when(() -> state == 1);
    run();
    assertThatThrownBy(bad::join).hasRootCauseMessage("a bug");
    change(1);
    assertThat(good).isCompleted();
  }

  @Test
  void whoIsToldMayWaitForMore() {
    List<String> told = new ArrayList<>();
    conditions
        .when(() -> state >= 1)
        .thenRun(
            () -> {
              told.add("first");
              conditions.when(() -> state >= 2).thenRun(() -> told.add("second"));
            });
    conditions.when(() -> state >= 1).thenRun(() -> told.add("other"));
    run();
    change(2);
    run();
    assertThat(told).containsExactly("first", "other", "second");
  }
}
