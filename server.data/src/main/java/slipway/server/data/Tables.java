package slipway.server.data;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.data.DatabaseAway;
import slipway.data.DatabaseId;
import slipway.data.PlacedWork;

/**
 * The tables of one schema in one database. Work waits while they are made; it fails at once while
 * they cannot be used.
 *
 * <pre>
 *             applied
 *  PENDING ────────────▶ READY ─────────┐ the database is lost
 *   │  ▲  └────────────▶ REFUSED ───────┤
 *   │  │                 a script fails  │
 *   ▼  │ reached again                   │
 *  UNREACHED ◀───────────────────────────┘
 * </pre>
 *
 * <p>Each time the database is reached the scripts are looked through again, as it may have come
 * back as an older backup. The state changes in the link's keeper; all other threads read it.
 */
final class Tables {

  private enum State {
    PENDING,
    UNREACHED,
    READY,
    REFUSED
  }

  private static final Logger LOG = LoggerFactory.getLogger(Tables.class);

  private final Link link;
  private final Scripts scripts;
  private volatile State state = State.PENDING;
  private Collection<String> newer = List.of();
  private volatile CompletableFuture<Stretch> prepared = new CompletableFuture<>();
  private volatile String reason;

  Tables(Link link, Scripts scripts) {
    this.link = link;
    this.scripts = scripts;
  }

  Scripts scripts() {
    return scripts;
  }

  /** Completed with where work can be done, or failed with the reason why not. */
  CompletableFuture<Stretch> prepared() {
    return prepared;
  }

  /**
   * Completed when they are made, or cannot be as the database is away; failed with the reason if a
   * script fails.
   */
  CompletableFuture<Void> settled() {
    return prepared.handle(
        (stretch, failure) -> {
          if (failure != null && state == State.REFUSED) {
            throw new CompletionException(failure);
          }
          return null;
        });
  }

  <T> CompletionStage<T> submit(PlacedWork<T> work, boolean writes) {
    return link.submit(this, new Task<>(work, writes));
  }

  /** Which database they are in; empty while that is not known. */
  Optional<DatabaseId> database() {
    CompletableFuture<Stretch> where = prepared;
    return where.isDone() && !where.isCompletedExceptionally()
        ? Optional.of(where.join().id())
        : Optional.empty();
  }

  /** Why they cannot be used; empty while they can, or are being made. */
  Optional<String> away() {
    Optional<String> whole = link.away();
    return whole.isPresent() ? whole : Optional.ofNullable(reason);
  }

  boolean isUnreached() {
    return state == State.UNREACHED;
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

  /** An older version of a service may meet the tables of a newer one, as after a rollback. */
  void warnOfNewer(Collection<String> unknown) {
    if (!unknown.isEmpty() && !unknown.equals(newer)) {
      LOG.warn(
          "schema {}: the database has migrations that this version does not know: {}; it is used"
              + " as it is",
          scripts.name(),
          String.join(", ", unknown));
    }
    newer = unknown;
  }

  /**
   * All scripts are applied.
   *
   * @param stretch where
   */
  void ready(Stretch stretch) {
    state = State.READY;
    prepared.complete(stretch);
  }

  /** A script fails; it is not tried again while the database is there. */
  void refused(String why) {
    state = State.REFUSED;
    fail(why);
  }

  /** The database is away, or closed, or refuses the scripts for now. */
  void unreached(String why) {
    state = State.UNREACHED;
    fail(why);
  }

  private void fail(String why) {
    reason = why;
    if (prepared.isDone()) {
      prepared = new CompletableFuture<>();
    }
    prepared.completeExceptionally(new DatabaseAway(why));
  }
}
