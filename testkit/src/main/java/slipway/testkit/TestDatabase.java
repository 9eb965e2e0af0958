package slipway.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import slipway.data.Database;
import slipway.data.DatabaseId;
import slipway.data.Schema;

/**
 * A database that the test has made, such as a new one in a server of MariaDB, for scripts and
 * statements that have to be tried there as well. {@link MemoryDatabase} is the quick one.
 *
 * <p>A schema's scripts are applied, once, when it is asked for; a script that fails throws there.
 * Work is done by the executor that is given. May be used from any thread.
 */
public sealed class TestDatabase implements Database permits MemoryDatabase {

  /** Where connections come from. */
  @FunctionalInterface
  interface Source {
    Connection connect() throws SQLException;
  }

  private final String url;
  private final Source source;
  private final Executor threads;
  private final Set<String> applied;
  private volatile DatabaseId id;
  private volatile String away;
  private volatile boolean losesAnswers;

  /**
   * Takes an empty database.
   *
   * @param source where connections come from; the test closes it
   * @param threads where work is done
   * @throws SQLException if there is no way to it
   */
  public TestDatabase(DataSource source, Executor threads) throws SQLException {
    this(url(source), source::getConnection, threads);
  }

  TestDatabase(String url, Source source, Executor threads) {
    this(url, source, threads, new HashSet<>(), new DatabaseId(url));
  }

  private TestDatabase(
      String url, Source source, Executor threads, Set<String> applied, DatabaseId id) {
    this.url = url;
    this.source = source;
    this.threads = threads;
    this.applied = applied;
    this.id = id;
  }

  private static String url(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return connection.getMetaData().getURL().replaceFirst("[;?].*", "");
    }
  }

  /**
   * The same database as something else sees it, such as another version of the service, or another
   * host: the tables are the same, and what is said here of the database is said of each alone.
   *
   * @param threads where work is done that is asked for there
   */
  public TestDatabase beside(Executor threads) {
    return new TestDatabase(url, source, threads, applied, id);
  }

  // ---- what happens to it ----------------------------------------------------------------------

  /** From now on the database is away, for a reason; null if it is back. */
  public void away(String reason) {
    away = reason;
  }

  /** From now on it is taken for another database than until now, with the same contents. */
  public void becomesAnother() {
    id = new DatabaseId(UUID.randomUUID().toString());
  }

  /** Whether from now on it goes away under what is written, which is committed all the same. */
  public void losesAnswers(boolean loses) {
    losesAnswers = loses;
  }

  /** Executes a statement, for a test to prepare or change what there is. */
  public void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A connection for the test's own use, which closes it. */
  public Connection connect() throws SQLException {
    return source.connect();
  }

  // ---- what the service sees of it -------------------------------------------------------------

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if a script fails
   */
  @Override
  public Schema schema(String name, ClassLoader scripts) {
    Scripts read = Scripts.of(name, scripts);
    synchronized (applied) {
      if (applied.add(name)) {
        read.apply(this);
      }
    }
    return new TestSchema(this, name, threads);
  }

  DatabaseId id() {
    return id;
  }

  boolean losesAnswers() {
    return losesAnswers;
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public Optional<String> away() {
    return Optional.ofNullable(away);
  }
}
