package slipway.server.data;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The pool as a service, for libraries that want one: always that of the configuration in force.
 * Its connections are begun with auto-commit off, and must be closed. On H2, what is committed
 * through them is on the disk half a second later, or with the next write through a schema.
 */
final class HostDataSource implements ConfiguredSource {

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
}
