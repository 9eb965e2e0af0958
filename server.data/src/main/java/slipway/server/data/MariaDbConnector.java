package slipway.server.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.mariadb.jdbc.Driver;

/** Opens connections to a server of MariaDB or MySQL. */
final class MariaDbConnector implements Connector {

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final DataSettings settings;
  private final Duration statementTimeout;

  /** What the server takes at once, in bytes; 0 before one has said. */
  private volatile int largestPacket;

  /**
   * Makes it.
   *
   * @param statementTimeout in which the server has to answer a statement
   */
  MariaDbConnector(DataSettings settings, Duration statementTimeout) {
    this.settings = settings;
    this.statementTimeout = statementTimeout;
  }

  @Override
  public Connection connect() throws SQLException {
    Properties login = login();
    int known = largestPacket;
    Connection connection = connect(login, known);
    try {
      int now = largestPacket(connection);
      if (now == known || settings.url().parameters().get("maxAllowedPacket").isPresent()) {
        return connection;
      }
      largestPacket = now;
    } catch (SQLException failed) {
      connection.close();
      throw failed;
    }
    connection.close();
    return connect(login, largestPacket);
  }

  private Properties login() throws SQLException {
    Properties login = new Properties();
    if (!settings.user().isEmpty()) {
      login.setProperty("user", settings.user());
    }
    String password = settings.readPassword();
    if (!password.isEmpty()) {
      login.setProperty("password", password);
    }
    login.setProperty("connectTimeout", String.valueOf(settings.connectTimeout().toMillis()));
    // the server gives up first, and says why; this is for one that says nothing any more
    login.setProperty("socketTimeout", String.valueOf(statementTimeout.plus(GRACE).toMillis()));
    return login;
  }

  /**
   * A driver that knows what the server takes fails a statement that is larger, and divides what it
   * can. One that does not know sends it anyway, and the server ends the connection.
   */
  private Connection connect(Properties login, int packet) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(login);
    if (packet > 0) {
      properties.setProperty("maxAllowedPacket", String.valueOf(packet));
    }
    return Connector.connect(new Driver(), settings.url(), properties);
  }

  private static int largestPacket(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@max_allowed_packet")) {
      return row.next() ? (int) Math.min(Integer.MAX_VALUE, row.getLong(1)) : 0;
    }
  }

  @Override
  public void limit(Connection connection) throws SQLException {
    long millis = statementTimeout.toMillis();
    String limit =
        connection.getMetaData().getDatabaseProductName().equals("MariaDB")
            ? "max_statement_time = " + millis / 1000.0
            : "max_execution_time = " + millis;
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET SESSION "
              + limit
              + ", SESSION innodb_lock_wait_timeout = "
              + Math.max(1, millis / 1000));
    }
  }
}
