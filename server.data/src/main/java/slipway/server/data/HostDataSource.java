package slipway.server.data;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The pool as a service, for libraries that want one: always that of the configuration in force.
 * Its connections are begun with auto-commit off, and must be closed. On H2, what is committed
 * through them is on the disk half a second later, or with the next write through a schema.
 */
final class HostDataSource implements DataSource {

  private final HostDatabase database;

  HostDataSource(HostDatabase database) {
    this.database = database;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return database.link().connection();
  }

  @Override
  public String toString() {
    return database.url();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the user is configured");
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    // the host has a log
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // configured
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("this wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
