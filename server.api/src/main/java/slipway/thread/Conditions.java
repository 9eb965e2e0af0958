package slipway.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What others wait for, of state that one thread owns: a condition is looked at when it is asked
 * for, and again after each change until it holds. Code that changes the state says so by {@link
 * #look}.
 *
 * <p>It is not a deadline, and has none: waiters bring their own.
 */
@ProviderType
public final class Conditions {

  private final Executor owner;
  private final List<Condition> awaited = new ArrayList<>();

  private record Condition(BooleanSupplier holds, CompletableFuture<Void> met) {}

  /**
   * Makes one without waiters.
   *
   * @param owner runs tasks one after the other, in their order, on the thread that owns the state
   */
  public Conditions(Executor owner) {
    this.owner = owner;
  }

  /**
   * Waits for a condition. May be called from any thread; what the caller has given the owner to do
   * before is done before it is looked at first.
   *
   * @param condition looked at by the owner's thread; must not block
   * @return completed, on the owner's thread, when it holds; failed if it throws; never completed
   *     if the owner has ended. To be cancelled by callers that no longer wait.
   */
  public CompletableFuture<Void> when(BooleanSupplier condition) {
    CompletableFuture<Void> met = new CompletableFuture<>();
    owner.execute(
        () -> {
          awaited.add(new Condition(condition, met));
          look();
        });
    return met;
  }

  /**
   * The state has changed: notifies the waiters whose condition holds now. For the owner's thread;
   * to be called when the state is consistent, as waiters may act at once.
   */
  public void look() {
    List<Condition> over = awaited.stream().filter(Conditions::isOver).toList();
    awaited.removeAll(over);
    over.forEach(condition -> condition.met().complete(null)); // does nothing to what has failed
  }

  private static boolean isOver(Condition condition) {
    try {
      return condition.met().isDone() || condition.holds().getAsBoolean();
    } catch (RuntimeException failed) {
      condition.met().completeExceptionally(failed);
      return true;
    }
  }
}
