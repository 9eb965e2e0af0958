package slipway.server.data;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.data.DatabaseAway;

/**
 * Knows whether the database of one configuration is there, tries it until it is, and has the
 * tables of schemas made then.
 *
 * <pre>
 *       first use          reached         a connection of this stretch fails
 *  NEW ───────────▶ OPENING ────────▶ UP ───────────────────────────────────▶ AWAY
 *                      │               ◀─────────────────────────────────────  ▲
 *                      │                a new stretch: reached after 0, 1 … 30 s │
 *                      └──────────────── not reached ───────────────────────────┘
 *  any ──close──▶ CLOSED
 * </pre>
 *
 * <p>The state changes in one thread, where migrations run too. All other threads read what it is
 * from one field, so that they never see the reason of one stretch with the pool of another.
 */
final class Keeper {

  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

  /** How often the keeper looks whether the database's file is where it was. */
  private static final long LOOK_MILLIS = 1000;

  /** How many looks pass until a schema that was refused its tables is tried again. */
  private static final int LOOKS_UNTIL_RETRY = 5;

  private enum State {
    NEW,
    OPENING,
    UP,
    AWAY,
    CLOSED
  }

  /**
   * What holds now.
   *
   * @param stretch null unless the database is there, or was when this was closed
   * @param reason why the database cannot be used; null while it can, or is being opened
   */
  private record Now(State state, Stretch stretch, String reason) {}

  private final DataSettings settings;
  private final ScheduledExecutorService thread;
  private final InstantSource clock;
  private final Source source;
  private final Failures failures;
  private final Preparation preparation;
  private final List<Tables> tables = new CopyOnWriteArrayList<>();
  private final EndedStretches ended = new EndedStretches();

  private volatile Now now = new Now(State.NEW, null, null);
  private volatile CompletableFuture<Stretch> reached = new CompletableFuture<>();
  private Future<?> retry = CompletableFuture.completedFuture(null);

  /** Null until the database was away for the first time. */
  private Outage outage;

  private int looks;

  /**
   * Makes it; nothing is opened before it is needed.
   *
   * @param thread its own, ended by this
   * @param clock tells how long the database has been away
   */
  Keeper(
      DataSettings settings,
      Source source,
      Failures failures,
      Refusals refusals,
      ScheduledExecutorService thread,
      InstantSource clock) {
    this.settings = settings;
    this.source = source;
    this.failures = failures;
    this.thread = thread;
    this.clock = clock;
    this.preparation =
        new Preparation(
            new Migration(source.patient(settings.migrationTimeout()), settings),
            failures,
            refusals);
  }

  // ---- asked from any thread -----------------------------------------------------------------

  /** Why the database cannot be used; empty while it can, or is being opened. */
  Optional<String> away() {
    return Optional.ofNullable(now.reason());
  }

  /** Whether a stretch lasts; that in which this was closed does until its work is done. */
  boolean lasts(Stretch stretch) {
    return now.stretch() == stretch;
  }

  /** The stretch that lasts now, or begins when the database is reached. */
  CompletableFuture<Stretch> reached() {
    thread.execute(this::need);
    return reached;
  }

  /** Makes the tables of a schema usable. */
  void add(Tables added) {
    tables.add(added);
    thread.execute(
        () -> {
          switch (now.state()) {
            case UP -> prepare(added);
            case AWAY, CLOSED -> added.unreached(now.reason());
            default -> need(); // prepared when the database is reached
          }
        });
  }

  void forget(Tables gone) {
    tables.remove(gone);
  }

  /**
   * A connection has failed.
   *
   * @param of the stretch in which it was made; nothing happens if that has ended
   * @param what the reason, one line
   */
  void lost(Stretch of, String what) {
    thread.execute(
        () -> {
          if (now.state() == State.UP && now.stretch() == of) {
            leaveAfterLoss(what);
            retry = thread.submit(this::reach);
          }
        });
  }

  // ---- in its thread -------------------------------------------------------------------------

  private void need() {
    if (now.state() == State.NEW) {
      now = new Now(State.OPENING, null, null);
      thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      reach();
    }
  }

  private void leave(Outage begun, String what) {
    outage = begun;
    Stretch last = now.stretch();
    String reason = Outage.reason(settings.url(), what);
    now = new Now(State.AWAY, null, reason);
    if (last != null) {
      ended.add(last);
    }
    if (reached.isDone()) {
      reached = new CompletableFuture<>();
    }
    reached.completeExceptionally(new DatabaseAway(reason));
    tables.forEach(each -> each.unreached(reason));
  }

  private void leaveAfterLoss(String what) {
    leave(Outage.afterLoss(settings.url(), clock.instant(), what), what);
  }

  /** Tries whether the database is there. */
  private void reach() {
    if (now.state() == State.CLOSED) {
      return;
    }
    try {
      arrive(Stretch.begin(settings, source));
    } catch (SQLException | RuntimeException failed) {
      String what = failures.describe(failed);
      if (now.state() == State.OPENING) {
        leave(Outage.afterTry(settings.url(), clock.instant(), what), what);
      } else {
        outage.tried(failed, what);
        now = new Now(State.AWAY, null, Outage.reason(settings.url(), what));
      }
      tryLater();
    }
  }

  private void tryLater() {
    retry = thread.schedule(this::reach, outage.pause().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void arrive(Stretch begun) {
    boolean back = now.state() == State.AWAY;
    // what is there may not be what was: a backup, an older one
    List<Tables> pending = tables.stream().filter(Tables::reached).toList();
    now = new Now(State.UP, begun, null);
    if (reached.isDone()) {
      reached = new CompletableFuture<>();
    }
    reached.complete(begun);
    if (back) {
      outage.end(clock.instant());
    }
    pending.forEach(this::prepare);
  }

  private void prepare(Tables added) {
    if (now.state() == State.UP) {
      try {
        preparation.prepare(added, now.stretch());
      } catch (SQLException gone) {
        leaveAfterLoss(failures.describe(gone));
        tryLater();
      }
    }
  }

  /**
   * What is never reported: files that are gone, rights that were given, connections that are back.
   */
  private void look() {
    try {
      ended.closeIdle();
      Stretch stretch = now.stretch();
      if (now.state() != State.UP) {
        return;
      }
      stretch
          .look()
          .whenComplete(
              (seen, failure) -> {
                if (failure != null) {
                  lost(stretch, failures.describe(failure));
                }
              });
      looks++;
      if (looks % LOOKS_UNTIL_RETRY == 0) {
        tables.stream().filter(Tables::isUnreached).filter(Tables::reached).forEach(this::prepare);
      }
    } catch (RuntimeException failed) { // or it would be the last look
      LOG.error("the database {} cannot be looked at", settings.url(), failed);
    }
  }

  // ---- its end -------------------------------------------------------------------------------

  /**
   * Ends it. What lasts now lasts until it is closed by {@link #closeStretch}.
   *
   * @param reason the reason given from now on
   * @param then done in its thread, at the end
   */
  void close(String reason, Runnable then) {
    thread.execute(
        () -> {
          now = new Now(State.CLOSED, now.stretch(), reason);
          retry.cancel(false);
          reached.completeExceptionally(new DatabaseAway(reason));
          tables.forEach(each -> each.unreached(reason));
          ended.closeAll();
          then.run();
          thread.shutdown();
        });
  }

  /** Waits until what was begun is done. */
  void awaitEnd(Duration patience) throws InterruptedException {
    thread.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Closes all connections that are left. Blocks. */
  void closeStretch() {
    Stretch last = now.stretch();
    if (last != null) {
      last.close();
    }
  }
}
