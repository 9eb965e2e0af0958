package slipway.server.data;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.Durations;
import slipway.data.DatabaseAway;

/**
 * Knows whether the database of one configuration is there, tries it until it is, and brings the
 * tables of schemas up to date.
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
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** How often somebody looks whether the database's file is where it was. */
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
  private final Migration migration;
  private final Failures failures;
  private final Refusals refusals;
  private final List<Tables> tables = new CopyOnWriteArrayList<>();
  private final List<Stretch> left = new ArrayList<>();

  private volatile Now now = new Now(State.NEW, null, null);
  private volatile CompletableFuture<Stretch> reached = new CompletableFuture<>();
  private Future<?> retry = CompletableFuture.completedFuture(null);
  private Instant since;
  private Duration pause;

  /** Why the last try of this outage failed, without numbers; null if there was none. */
  private String tried;

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
    this.refusals = refusals;
    this.thread = thread;
    this.clock = clock;
    this.migration = new Migration(source.patient(settings.migrationTimeout()), settings);
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
            leave(what);
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

  private String away(String what) {
    return "the database " + settings.url() + " is away: " + what;
  }

  private void leave(String what) {
    Stretch ended = now.stretch();
    String reason = away(what);
    now = new Now(State.AWAY, null, reason);
    since = clock.instant();
    pause = SHORTEST_PAUSE;
    tried = null;
    tell(what);
    if (ended != null) {
      ended.renew();
      left.add(ended);
    }
    if (reached.isDone()) {
      reached = new CompletableFuture<>();
    }
    reached.completeExceptionally(new DatabaseAway(reason));
    tables.forEach(each -> each.unreached(reason));
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
        leave(what);
        tried = kind(what);
      }
      now = new Now(State.AWAY, null, away(what));
      tellIfAnother(failed, what);
      tryLater();
    }
  }

  /**
   * Logs another reason than that of the try before. How a connection ended and why there is no new
   * one are told as one, unless the server is there and does not want the user.
   */
  private void tellIfAnother(Throwable failed, String what) {
    String kind = kind(what);
    if (tried == null ? Failures.isOfUser(failed) : !kind.equals(tried)) {
      tell(what);
    }
    tried = kind;
  }

  /** Drivers number connections, and tell how long something took. */
  private static String kind(String what) {
    return what.replaceAll("\\d+", "");
  }

  private void tell(String what) {
    LOG.error("{}; it is tried again until it is back", away(what));
  }

  private void tryLater() {
    retry = thread.schedule(this::reach, pause.toMillis(), TimeUnit.MILLISECONDS);
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
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
      LOG.info(
          "the database {} is back after {}",
          settings.url(),
          Durations.format(Duration.between(since, clock.instant())));
    }
    pending.forEach(this::prepare);
  }

  private void prepare(Tables added) {
    Stretch stretch = now.stretch();
    if (now.state() != State.UP) {
      return;
    }
    String name = added.scripts().name();
    try {
      added.warnOfNewer(migration.run(added.scripts()));
      stretch.persist();
      added.ready(stretch);
    } catch (SQLException failed) {
      String what = failures.describe(failed);
      if (failures.isOfDatabase(failed)) {
        leave(what);
        tryLater();
      } else if (failures.isRefusal(failed)) {
        added.unreached(refusals.refused(name, true, what));
      } else {
        refuse(added, failed.getMessage());
      }
    } catch (IOException | RuntimeException failed) {
      refuse(added, failed.toString());
    }
  }

  private static void refuse(Tables added, String why) {
    String what = "schema " + added.scripts().name() + ": a migration failed: " + why;
    LOG.error("{}", what);
    added.refused(what);
  }

  /** What nobody tells: files that are gone, rights that were given, connections that are back. */
  private void look() {
    try {
      closeWhatIsLeft(false);
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

  private void closeWhatIsLeft(boolean all) {
    for (Stretch each : List.copyOf(left)) {
      if (all || each.isIdle()) {
        left.remove(each);
        // the network may take its time
        Thread.ofPlatform().daemon().name("slipway-data-close").start(each::close);
      }
    }
  }

  // ---- its end -------------------------------------------------------------------------------

  /**
   * Ends it. What lasts now lasts until it is closed by {@link #closeStretch}.
   *
   * @param reason what is told from now on
   * @param then done in its thread, at the end
   */
  void close(String reason, Runnable then) {
    thread.execute(
        () -> {
          now = new Now(State.CLOSED, now.stretch(), reason);
          retry.cancel(false);
          reached.completeExceptionally(new DatabaseAway(reason));
          tables.forEach(each -> each.unreached(reason));
          closeWhatIsLeft(true);
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
