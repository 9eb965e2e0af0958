package slipway.testkit;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Executor;

/**
 * A database of the test's own, in memory: H2 in its MariaDB mode, as the host has it. It needs H2
 * ({@code com.h2database:h2}) among the dependencies of the test.
 *
 * <p>Work is done by the executor that is given, or without one in the calling thread before the
 * call returns. What is written does not survive {@link #close}.
 */
public final class MemoryDatabase extends TestDatabase implements AutoCloseable {

  /** An empty database that works in the calling thread. */
  public MemoryDatabase() {
    this(Runnable::run);
  }

  /**
   * An empty database.
   *
   * @param threads where work is done, such as a {@link ManualExecutor}
   */
  public MemoryDatabase(Executor threads) {
    this("jdbc:h2:mem:" + UUID.randomUUID(), threads);
  }

  private MemoryDatabase(String url, Executor threads) {
    super(url, () -> DriverManager.getConnection(url + ";MODE=MariaDB;DB_CLOSE_DELAY=-1"), threads);
  }

  /** Drops the database with all that is in it. */
  @Override
  public void close() throws SQLException {
    execute("SHUTDOWN");
  }
}
