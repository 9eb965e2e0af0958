package slipway.server.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import slipway.data.DatabaseAway;

/**
 * The way to the database of one configuration: takes work in, and does it on threads of its own.
 * Its {@link Keeper} knows whether the database is there.
 *
 * <p>Work is done in the {@link Stretch} for which its tables were made. If that ends before the
 * work has begun, it waits for the tables of the next one, or fails if there is none.
 *
 * <p>Methods may be called from any thread. Work threads are never interrupted: that would close
 * H2's file.
 */
final class Link {

  private final DataSettings settings;
  private final ThreadPoolExecutor workers;
  private final Semaphore room;
  private final Failures failures;
  private final Refusals refusals;
  private final Keeper keeper;
  private final TransactionTimes times;

  /**
   * Makes the way; its first use opens it.
   *
   * @param thread the keeper's own, ended by this
   * @param clock tells how long the database has been away
   * @param files the database files that the host has had open, which are not made again
   * @param times takes how long transactions have taken
   */
  Link(
      DataSettings settings,
      ScheduledExecutorService thread,
      InstantSource clock,
      DataFiles files,
      TransactionTimes times) {
    this.settings = settings;
    this.times = times;
    this.workers = Workers.of(settings.poolSize(), "slipway-data-");
    this.room = new Semaphore(settings.poolSize() + settings.queueLimit());
    this.failures = new Failures(settings.url());
    this.refusals = new Refusals(settings.url(), clock);
    Source source = new Source(settings, settings.statementTimeout(), files);
    this.keeper = new Keeper(settings, source, failures, refusals, thread, clock);
  }

  DataUrl url() {
    return settings.url();
  }

  /** Why the database cannot be used; empty while it can, or is being opened. */
  Optional<String> away() {
    return keeper.away();
  }

  /** How much work waits, or is being done. */
  int waiting() {
    return settings.poolSize() + settings.queueLimit() - room.availablePermits();
  }

  /** Makes the tables of a schema usable here. */
  Tables tables(Scripts scripts) {
    Tables added = new Tables(this, scripts);
    keeper.add(added);
    return added;
  }

  void forget(Tables gone) {
    keeper.forget(gone);
  }

  /**
   * Takes work in, or fails it at once. Does not block.
   *
   * @return completed in a database thread
   */
  <T> CompletionStage<T> submit(Tables of, Task<T> task) {
    Optional<String> away = keeper.away();
    if (away.isPresent()) {
      return CompletableFuture.failedFuture(new DatabaseAway(away.get()));
    }
    if (!room.tryAcquire()) {
      return CompletableFuture.failedFuture(
          new DatabaseAway(
              "too much waits for the database: queue.limit = " + settings.queueLimit()));
    }
    queue(of, task);
    return task.result().minimalCompletionStage();
  }

  private void queue(Tables of, Task<?> task) {
    of.prepared()
        .whenComplete(
            (stretch, failure) -> {
              if (failure == null) {
                start(of, stretch, task);
              } else {
                room.release();
                task.result().completeExceptionally(failure);
              }
            });
  }

  private void start(Tables of, Stretch stretch, Task<?> task) {
    try {
      workers.execute(() -> begin(of, stretch, task));
    } catch (RejectedExecutionException closed) {
      room.release();
      task.result().completeExceptionally(new DatabaseAway(closedReason()));
    }
  }

  private String closedReason() {
    return "the database " + settings.url() + " is closed";
  }

  private <T> void begin(Tables of, Stretch stretch, Task<T> task) {
    if (!keeper.lasts(stretch)) {
      queue(of, task);
      return;
    }
    T value = null;
    Throwable failure = null;
    long begun = System.nanoTime();
    Changes.Change change = task.writes() ? stretch.change() : Changes.Change.UNSEEN;
    try {
      value = task.run(stretch.pool(), stretch.id());
    } catch (SQLException failed) {
      failure = translated(failed, of, stretch, task.writes());
    } catch (RuntimeException | Error failed) {
      failure = failed;
    } finally {
      times.record(task.writes(), failure == null, System.nanoTime() - begun);
      change.end();
      room.release();
    }
    if (failure != null) { // told last, as what waits for it may look at all of that
      task.result().completeExceptionally(failure);
    } else {
      done(of, stretch, task, value);
    }
  }

  private <T> void done(Tables of, Stretch stretch, Task<T> task, T value) {
    refusals.done(of.scripts().name(), task.writes());
    if (!task.writes()) {
      task.result().complete(value);
      return;
    }
    stretch
        .durable()
        .whenComplete(
            (durable, failure) -> {
              if (failure == null) {
                task.result().complete(value);
              } else {
                task.result()
                    .completeExceptionally(translated((SQLException) failure, of, stretch, true));
              }
            });
  }

  private Exception translated(SQLException failed, Tables of, Stretch stretch, boolean writes) {
    boolean gone =
        failures.isOfDatabase(failed) && !(Failures.isOfPool(failed) && stretch.isExhausted());
    if (!gone && !failures.isRefusal(failed)) {
      return failed;
    }
    String what = failures.describe(failed);
    SQLException cause = failures.discreet(failed);
    if (!gone) {
      // a server may keep a user's rights as they were when the connection was made
      stretch.renew();
      return new DatabaseAway(refusals.refused(of.scripts().name(), writes, what), cause);
    }
    keeper.lost(stretch, what);
    return new DatabaseAway(Outage.reason(settings.url(), what), cause);
  }

  /** A connection of the pool, for callers that do not hand in work. May block. */
  Connection connection() throws SQLException {
    try {
      Stretch stretch =
          keeper.reached().get(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
      return stretch.pool().getConnection();
    } catch (ExecutionException away) {
      throw new SQLTransientConnectionException(away.getCause().getMessage(), "08001");
    } catch (TimeoutException slow) {
      throw new SQLTransientConnectionException(
          "the database " + settings.url() + " is still being opened", "08001");
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted", "08001");
    }
  }

  /**
   * Takes no more work, does what was taken, and lets the database go. Blocks for that, at most as
   * long as said; connections of work that is still not done are closed under it.
   */
  void close(Duration patience) {
    keeper.close(closedReason(), workers::shutdown);
    long end = System.nanoTime() + patience.toNanos();
    try {
      keeper.awaitEnd(patience);
      workers.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
    keeper.closeStretch();
  }
}
