package slipway.server.data;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import slipway.data.DatabaseAway;
import slipway.data.Work;

/**
 * The tables of one schema in one database. Work waits until they have been made for the first
 * time; it fails at once while they cannot be used.
 */
final class Tables {

  private final Link link;
  private final Scripts scripts;
  private volatile CompletableFuture<Void> prepared = new CompletableFuture<>();
  private volatile String reason;

  Tables(Link link, Scripts scripts) {
    this.link = link;
    this.scripts = scripts;
  }

  Scripts scripts() {
    return scripts;
  }

  /** Completed when work can be done, or failed with the reason why not. */
  CompletableFuture<Void> prepared() {
    return prepared;
  }

  <T> CompletionStage<T> submit(Work<T> work, boolean writes) {
    return link.submit(this, new Task<>(work, writes));
  }

  Optional<String> away() {
    Optional<String> whole = link.away();
    return whole.isPresent() ? whole : Optional.ofNullable(reason);
  }

  /** Whether the scripts are still to be applied; for the link's keeper, as all below. */
  boolean isNew() {
    return !prepared.isDone() || reason == null && prepared.isCompletedExceptionally();
  }

  void ready() {
    settle(CompletableFuture.completedFuture(null), null);
  }

  /** The scripts cannot be applied, and will not be tried again. */
  void failed(String why) {
    settle(CompletableFuture.failedFuture(new DatabaseAway(why)), why);
  }

  /** The database is away before the scripts could be applied. */
  void unreached(String why) {
    if (isNew()) {
      settle(CompletableFuture.failedFuture(new DatabaseAway(why)), null);
    }
  }

  private void settle(CompletableFuture<Void> outcome, String why) {
    CompletableFuture<Void> waiting = prepared;
    reason = why;
    prepared = outcome;
    outcome.whenComplete(
        (ready, failure) -> {
          if (failure == null) {
            waiting.complete(null);
          } else {
            waiting.completeExceptionally(failure);
          }
        });
  }
}
