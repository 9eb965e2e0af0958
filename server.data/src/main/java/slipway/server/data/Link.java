package slipway.server.data;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.Durations;
import slipway.data.DatabaseAway;

/**
 * The way to the database of one configuration: a pool, the threads that work on it, and whether
 * the database is there.
 *
 * <pre>
 *       first use          reached         a connection fails
 *  NEW ───────────▶ OPENING ────────▶ UP ────────────────────────▶ AWAY
 *                      │               ◀──────────────────────────  ▲
 *                      │                reached after 0, 1, 2 … 30 s │
 *                      └──────────────── not reached ────────────────┘     any ──close──▶ CLOSED
 * </pre>
 *
 * <p>The state changes in the keeper, one thread of its own, where migrations run too. Everybody
 * else reads volatile fields. Work threads are never interrupted: that would close H2's file.
 */
final class Link {

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private enum State {
    NEW,
    OPENING,
    UP,
    AWAY,
    CLOSED
  }

  private final DataSettings settings;
  private final ScheduledExecutorService keeper;
  private final InstantSource clock;
  private final Source source;
  private final ThreadPoolExecutor workers;
  private final Semaphore room;
  private final Checkpoints checkpoints;
  private final Migration migration;
  private final List<Tables> tables = new CopyOnWriteArrayList<>();

  private volatile State state = State.NEW;
  private volatile String reason;
  private HikariDataSource pool;
  private Instant since;
  private Duration pause;

  /**
   * Makes the way; the first who uses it opens it.
   *
   * @param keeper a thread of its own, ended by this
   * @param clock tells how long the database has been away
   */
  Link(DataSettings settings, ScheduledExecutorService keeper, InstantSource clock) {
    this.settings = settings;
    this.keeper = keeper;
    this.clock = clock;
    this.source = new Source(settings, settings.statementTimeout());
    this.workers = Workers.of(settings.poolSize(), "slipway-data-");
    this.room = new Semaphore(settings.poolSize() + settings.queueLimit());
    this.checkpoints = settings.url().isH2() ? new Checkpoints(source) : null;
    this.migration = new Migration(new Source(settings, settings.migrationTimeout()), settings);
  }

  /** Made when the first connection is wanted, as a host may never want one. */
  private synchronized HikariDataSource pool() {
    if (pool == null) {
      pool = new HikariDataSource(pool(settings, source));
    }
    return pool;
  }

  private static HikariConfig pool(DataSettings settings, Source source) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("slipway");
    config.setDataSource(source);
    config.setMaximumPoolSize(settings.poolSize());
    // none is kept ready: the pool would knock at a database that is away, beside the keeper
    config.setMinimumIdle(0);
    config.setIdleTimeout(settings.idleTimeout().toMillis());
    config.setMaxLifetime(settings.maxLifetime().toMillis());
    config.setConnectionTimeout(settings.connectTimeout().toMillis());
    config.setValidationTimeout(settings.connectTimeout().toMillis());
    config.setInitializationFailTimeout(-1);
    config.setAutoCommit(false);
    // the same on all databases
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    return config;
  }

  DataUrl url() {
    return settings.url();
  }

  /** Why the database cannot be used; empty while it can, or is being opened. */
  Optional<String> away() {
    return Optional.ofNullable(reason);
  }

  /** Makes the tables of a schema usable here. */
  Tables tables(Scripts scripts) {
    Tables added = new Tables(this, scripts);
    tables.add(added);
    keeper.execute(
        () -> {
          if (state == State.NEW) {
            open();
          } else if (state == State.UP) {
            prepare(added);
          } else {
            added.unreached(reason);
          }
        });
    return added;
  }

  private void open() {
    state = State.OPENING;
    reach();
  }

  void forget(Tables gone) {
    tables.remove(gone);
  }

  /**
   * Takes work in, or fails it at once. From any thread; does not block.
   *
   * @return completed in a database thread
   */
  <T> CompletionStage<T> submit(Tables of, Task<T> task) {
    String away = reason;
    if (away != null) {
      return CompletableFuture.failedFuture(new DatabaseAway(away));
    }
    if (!room.tryAcquire()) {
      return CompletableFuture.failedFuture(
          new DatabaseAway(
              "too much waits for the database: queue.limit = " + settings.queueLimit()));
    }
    of.prepared()
        .whenComplete(
            (ready, failure) -> {
              if (failure == null) {
                start(task);
              } else {
                room.release();
                task.result().completeExceptionally(failure);
              }
            });
    return task.result().minimalCompletionStage();
  }

  private void start(Task<?> task) {
    try {
      workers.execute(() -> work(task));
    } catch (RejectedExecutionException closed) {
      room.release();
      task.result().completeExceptionally(new DatabaseAway(closedReason()));
    }
  }

  private String closedReason() {
    return "the database " + settings.url() + " is closed";
  }

  private <T> void work(Task<T> task) {
    CompletableFuture<T> result = task.result();
    T value;
    try {
      String away = reason;
      if (away != null && state != State.CLOSED) {
        result.completeExceptionally(new DatabaseAway(away));
        return;
      }
      value = task.run(pool());
    } catch (SQLException failed) {
      result.completeExceptionally(translated(failed));
      return;
    } catch (RuntimeException | Error failed) {
      result.completeExceptionally(failed);
      return;
    } finally {
      room.release();
    }
    if (task.writes() && checkpoints != null) {
      checkpoints
          .next()
          .whenComplete(
              (durable, failure) -> {
                if (failure == null) {
                  result.complete(value);
                } else {
                  result.completeExceptionally(translated((SQLException) failure));
                }
              });
    } else {
      result.complete(value);
    }
  }

  private Exception translated(SQLException failed) {
    if (!Failures.isOfDatabase(failed)) {
      return failed;
    }
    String what = Failures.describe(failed, settings.url());
    lost(what);
    return new DatabaseAway(away(what), Failures.discreet(failed, settings.url()));
  }

  private String away(String what) {
    return "the database " + settings.url() + " is away: " + what;
  }

  private void lost(String what) {
    keeper.execute(
        () -> {
          if (state == State.UP) {
            leave(what);
            keeper.execute(this::reach);
          }
        });
  }

  private void leave(String what) {
    state = State.AWAY;
    reason = away(what);
    since = clock.instant();
    pause = SHORTEST_PAUSE;
    LOG.error("{}; it is tried again until it is back", reason);
    evict();
    tables.forEach(each -> each.unreached(reason));
  }

  /** Connections that were made before are not trusted. */
  private synchronized void evict() {
    if (pool != null) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
  }

  /** Tries whether the database is there. */
  private void reach() {
    if (state == State.CLOSED) {
      return;
    }
    settings.url().file().ifPresent(H2Recovery::run);
    try (Connection connection = source.getConnection()) {
      if (!connection.isValid((int) Math.max(1, settings.connectTimeout().toSeconds()))) {
        throw new SQLException("it does not answer");
      }
      if (checkpoints != null) {
        checkpoints.write();
      }
      arrive();
    } catch (SQLException | RuntimeException failed) {
      String what = Failures.describe(failed, settings.url());
      if (state == State.OPENING) {
        leave(what);
      }
      reason = away(what);
      keeper.schedule(this::reach, pause.toMillis(), TimeUnit.MILLISECONDS);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }

  private void arrive() {
    boolean back = state == State.AWAY;
    List<Tables> pending = tables.stream().filter(Tables::reached).toList();
    state = State.UP;
    reason = null;
    if (back) {
      LOG.info(
          "the database {} is back after {}",
          settings.url(),
          Durations.format(Duration.between(since, clock.instant())));
    }
    for (Tables each : pending) {
      if (state == State.UP) {
        prepare(each);
      }
    }
  }

  private void prepare(Tables added) {
    String name = added.scripts().name();
    try {
      migration.run(added.scripts());
      if (checkpoints != null) {
        checkpoints.write();
      }
      added.ready();
    } catch (SQLException failed) {
      if (Failures.isOfDatabase(failed)) {
        leave(Failures.describe(failed, settings.url()));
        keeper.schedule(this::reach, pause.toMillis(), TimeUnit.MILLISECONDS);
      } else {
        refuse(added, name, failed.getMessage());
      }
    } catch (IOException | RuntimeException failed) {
      refuse(added, name, failed.toString());
    }
  }

  private void refuse(Tables added, String name, String why) {
    String what = "schema " + name + ": a migration failed: " + why;
    LOG.error("{}", what);
    added.refused(what);
  }

  /** A connection of the pool, for who does without work. May block. */
  Connection connection() throws SQLException {
    String away = reason;
    if (away != null) {
      throw new SQLTransientConnectionException(away, "08001");
    }
    keeper.execute(
        () -> {
          if (state == State.NEW) {
            open();
          }
        });
    return pool().getConnection();
  }

  /**
   * Takes no more work, does what was taken, and lets the database go. Blocks for that, at most as
   * long as said; connections of work that is still not done are closed under it.
   */
  void close(Duration patience) {
    keeper.execute(
        () -> {
          state = State.CLOSED;
          reason = closedReason();
          tables.forEach(each -> each.unreached(reason));
          workers.shutdown();
          keeper.shutdown();
        });
    long end = System.nanoTime() + patience.toNanos();
    try {
      keeper.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
      workers.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
    if (checkpoints != null) {
      checkpoints.close();
    }
    closePool();
  }

  private synchronized void closePool() {
    if (pool != null) {
      pool.close();
    }
  }
}
