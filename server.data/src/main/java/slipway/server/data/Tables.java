package slipway.server.data;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import slipway.data.DatabaseAway;
import slipway.data.Work;

/**
 * The tables of one schema in one database. Work waits while they are made; it fails at once while
 * they cannot be used.
 *
 * <pre>
 *             applied
 *  PENDING ────────────▶ READY
 *   │  ▲  └────────────▶ REFUSED   a script fails
 *   ▼  │ reached again
 *  UNREACHED   the database is away
 * </pre>
 *
 * <p>The state changes in the link's keeper; all other threads read it.
 */
final class Tables {

  private enum State {
    PENDING,
    UNREACHED,
    READY,
    REFUSED
  }

  private final Link link;
  private final Scripts scripts;
  private State state = State.PENDING;
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

  /** Why they cannot be used; empty while they can, or are being made. */
  Optional<String> away() {
    Optional<String> whole = link.away();
    return whole.isPresent() ? whole : Optional.ofNullable(reason);
  }

  /** The database is there, again perhaps: says whether the scripts are to be applied. */
  boolean reached() {
    if (state == State.UNREACHED) {
      state = State.PENDING;
      prepared = new CompletableFuture<>();
      reason = null;
    }
    return state == State.PENDING;
  }

  /** All scripts are applied. */
  void ready() {
    state = State.READY;
    prepared.complete(null);
  }

  /** The scripts cannot be applied, and will not be tried again. */
  void refused(String why) {
    state = State.REFUSED;
    fail(why);
  }

  /** The database is away, or closed, and the scripts are not applied. */
  void unreached(String why) {
    if (state == State.PENDING) {
      state = State.UNREACHED;
      fail(why);
    }
  }

  private void fail(String why) {
    reason = why;
    prepared.completeExceptionally(new DatabaseAway(why));
  }
}
