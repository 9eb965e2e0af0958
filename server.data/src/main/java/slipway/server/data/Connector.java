package slipway.server.data;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/** Opens connections to one database through the driver of its product. */
interface Connector {

  /**
   * Opens one. Blocks.
   *
   * @throws SQLException if the database is not there, or does not let the user in
   */
  Connection connect() throws SQLException;

  /** Has the database give up a statement that takes longer than configured. */
  void limit(Connection connection) throws SQLException;

  /** Calls a driver by itself, as {@code DriverManager} does not see bundles. */
  static Connection connect(Driver driver, DataUrl url, Properties login) throws SQLException {
    Connection connection = driver.connect(url.driverText(), login);
    if (connection == null) {
      throw new SQLException("the driver does not know the URL");
    }
    return connection;
  }
}
