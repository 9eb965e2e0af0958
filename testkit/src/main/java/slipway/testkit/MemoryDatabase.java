package slipway.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import slipway.data.Database;
import slipway.data.DatabaseId;
import slipway.data.Schema;

/**
 * A database of the test's own, in memory: H2 in its MariaDB mode, as the host has it. It needs H2
 * ({@code com.h2database:h2}) among the dependencies of the test.
 *
 * <p>A schema's scripts are applied, once, when it is asked for; a script that fails throws there.
 * Work is done by the executor that is given, and else in the calling thread before the call
 * returns. What is written does not survive {@link #close}.
 */
public final class MemoryDatabase implements Database, AutoCloseable {

  private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=MariaDB;DB_CLOSE_DELAY=-1";
  private final Executor threads;
  private final Set<String> applied = new HashSet<>();
  private volatile DatabaseId id = new DatabaseId(url);
  private volatile String away;

  /** An empty database that works in the calling thread. */
  public MemoryDatabase() {
    this(Runnable::run);
  }

  /**
   * An empty database.
   *
   * @param threads where work is done, such as an executor that keeps its tasks for the test
   */
  public MemoryDatabase(Executor threads) {
    this.threads = threads;
  }

  /** From now on the database is away, for a reason; null if it is back. */
  public void away(String reason) {
    away = reason;
  }

  /** From now on it is taken for another database than until now, with the same contents. */
  public void becomesAnother() {
    id = new DatabaseId(UUID.randomUUID().toString());
  }

  /** Executes a statement, for a test to prepare or change what there is. */
  public void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A new connection for the test's own use, which closes it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if a script fails
   */
  @Override
  public synchronized Schema schema(String name, ClassLoader scripts) {
    Scripts read = Scripts.of(name, scripts);
    if (applied.add(name)) {
      read.apply(this);
    }
    return new MemorySchema(this, name, threads);
  }

  DatabaseId id() {
    return id;
  }

  @Override
  public String url() {
    return url.substring(0, url.indexOf(';'));
  }

  @Override
  public Optional<String> away() {
    return Optional.ofNullable(away);
  }

  /** Drops the database with all that is in it. */
  @Override
  public void close() throws SQLException {
    execute("SHUTDOWN");
  }
}
