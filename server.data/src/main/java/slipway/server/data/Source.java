package slipway.server.data;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Opens connections, each with its time limits, and gives nothing away: neither its own text nor
 * that of its connections, which pools write into logs, has the URL's parameters or the user.
 */
final class Source implements ConfiguredSource {

  private final DataSettings settings;
  private final DataFiles files;
  private final Connector connector;

  /**
   * Makes the source.
   *
   * @param statementTimeout in which the database has to answer a statement
   * @param files the database files that the host has had open, which are not made again
   */
  Source(DataSettings settings, Duration statementTimeout, DataFiles files) {
    this.settings = settings;
    this.files = files;
    this.connector = settings.url().product().connector(settings, statementTimeout, files);
  }

  /** The same with another limit of a statement's time. */
  Source patient(Duration timeout) {
    return new Source(settings, timeout, files);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = connector.connect();
    try {
      connector.limit(connection);
    } catch (SQLException failed) {
      connection.close();
      throw failed;
    }
    return discreet(connection);
  }

  /** The same connection under a text of ours. */
  private Connection discreet(Connection connection) {
    String text =
        "connection " + Integer.toHexString(System.identityHashCode(connection)) + " to " + this;
    return (Connection)
        Proxy.newProxyInstance(
            Source.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class
                  && method.getName().equals("toString")) {
                return text;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }

  /** How long a connection may take; pools wait as long for one that is under way when they end. */
  @Override
  public int getLoginTimeout() {
    return (int) Math.max(1, settings.connectTimeout().toSeconds());
  }

  @Override
  public String toString() {
    return settings.url().toString();
  }
}
