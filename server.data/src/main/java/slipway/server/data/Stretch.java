package slipway.server.data;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import slipway.data.DatabaseId;

/**
 * The database from when it was reached until it is lost. All connections of that time belong here,
 * and what makes their commits durable; so a failure of one of them, however late it comes, says
 * nothing about the time after, and no commit is taken for durable because the database could be
 * written after it was lost and found.
 *
 * <p>Methods may be called from any thread.
 */
final class Stretch {

  private final DataSettings settings;
  private final HikariDataSource pool;
  private final Durability durability;
  private final DatabaseId id;

  private Stretch(DataSettings settings, Source source, Durability durability) {
    this.settings = settings;
    this.durability = durability;
    this.pool = new HikariDataSource(pool(settings, source));
    this.id = new DatabaseId((settings.url() + " " + durability.fileKey()).strip());
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

  /**
   * Reaches the database, and on H2 writes to its file. Blocks.
   *
   * @throws SQLException if it is not there
   */
  static Stretch begin(DataSettings settings, Source source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      if (!connection.isValid((int) Math.max(1, settings.connectTimeout().toSeconds()))) {
        throw new SQLException("it does not answer");
      }
      Durability durability = settings.url().product().durability(source);
      try {
        return new Stretch(settings, source, durability);
      } catch (RuntimeException failed) {
        durability.close();
        throw failed;
      }
    }
  }

  /** Which database it is. */
  DatabaseId id() {
    return id;
  }

  DataSource pool() {
    return pool;
  }

  /** Whether all connections are in use: others than the workers can have some. */
  boolean isExhausted() {
    return pool.getHikariPoolMXBean().getActiveConnections() >= settings.poolSize();
  }

  /** Begins a transaction that changes something. */
  Changes.Change change() {
    return durability.change();
  }

  /**
   * Completed once all that was committed before survives a kill of the host; fails with a {@link
   * SQLException} if it does not.
   */
  CompletionStage<Void> durable() {
    return durability.next();
  }

  /**
   * Makes durable what was committed before. Blocks.
   *
   * @throws SQLException if it cannot be written
   */
  void persist() throws SQLException {
    durability.write();
  }

  /**
   * Looks whether the database is still where it was opened, as nothing else reports a file that
   * was deleted. Fails with a {@link SQLException} if it is not.
   */
  CompletionStage<Void> look() {
    return durability.look();
  }

  /** Connections are closed when they come back, and new ones made in their place. */
  void renew() {
    pool.getHikariPoolMXBean().softEvictConnections();
  }

  /** Whether no connection is in use. */
  boolean isIdle() {
    return pool.getHikariPoolMXBean().getActiveConnections() == 0;
  }

  /** Closes all connections, those that are in use too. Blocks. */
  void close() {
    durability.close();
    pool.close();
  }
}
