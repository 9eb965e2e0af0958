package slipway.server.data;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/**
 * Opens connections, each with its time limits. It calls the drivers by themselves, as {@code
 * DriverManager} does not see bundles, and gives nothing away: neither its own text nor that of its
 * connections, which pools write into logs, has the URL's parameters or the user.
 */
final class Source implements ConfiguredSource {

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final DataSettings settings;
  private final Duration statementTimeout;
  private final DataFiles files;

  /** What the server takes at once, in bytes; 0 before one has said. */
  private volatile int largestPacket;

  /**
   * Makes the source.
   *
   * @param statementTimeout in which the database has to answer a statement
   * @param files the database files that the host has had open, which are not made anew
   */
  Source(DataSettings settings, Duration statementTimeout, DataFiles files) {
    this.settings = settings;
    this.statementTimeout = statementTimeout;
    this.files = files;
  }

  /** The same with another limit of a statement's time. */
  Source patient(Duration timeout) {
    return new Source(settings, timeout, files);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = settings.url().isH2() ? h2() : mariadb();
    try {
      limit(connection);
    } catch (SQLException failed) {
      connection.close();
      throw failed;
    }
    return discreet(connection);
  }

  private Connection h2() throws SQLException {
    Path file = settings.url().file().orElse(null);
    if (file != null) {
      files.check(file);
      makeFolder(file.getParent());
    }
    Properties login = new Properties();
    if (!settings.user().isEmpty()) {
      login.setProperty("user", settings.user());
      login.setProperty("password", password());
    }
    Connection connection =
        required(new org.h2.Driver().connect(settings.url().driverText(), login));
    if (file != null) {
      files.opened(file);
    }
    return connection;
  }

  private Connection mariadb() throws SQLException {
    Properties login = new Properties();
    if (!settings.user().isEmpty()) {
      login.setProperty("user", settings.user());
    }
    String password = password();
    if (!password.isEmpty()) {
      login.setProperty("password", password);
    }
    login.setProperty("connectTimeout", String.valueOf(settings.connectTimeout().toMillis()));
    // the server gives up first, and says why; this is for one that says nothing any more
    login.setProperty("socketTimeout", String.valueOf(statementTimeout.plus(GRACE).toMillis()));
    int known = largestPacket;
    Connection connection = mariadb(login, known);
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
    return mariadb(login, largestPacket);
  }

  /**
   * A driver that knows what the server takes fails a statement that is larger, and divides what it
   * can. One that does not know sends it all the same, upon which the server ends the connection.
   */
  private Connection mariadb(Properties login, int packet) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(login);
    if (packet > 0) {
      properties.setProperty("maxAllowedPacket", String.valueOf(packet));
    }
    return required(new org.mariadb.jdbc.Driver().connect(settings.url().driverText(), properties));
  }

  private static int largestPacket(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@max_allowed_packet")) {
      return row.next() ? (int) Math.min(Integer.MAX_VALUE, row.getLong(1)) : 0;
    }
  }

  private static Connection required(Connection connection) throws SQLException {
    if (connection == null) {
      throw new SQLException("the driver does not know the URL");
    }
    return connection;
  }

  private String password() throws SQLException {
    try {
      return settings.password().read();
    } catch (IOException unreadable) {
      throw new SQLException("password.file cannot be read: " + unreadable, "28000", unreadable);
    }
  }

  private static void makeFolder(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException | UnsupportedOperationException failed) {
      // H2 fails on the missing folder, and names it
    }
  }

  private void limit(Connection connection) throws SQLException {
    long millis = statementTimeout.toMillis();
    try (Statement statement = connection.createStatement()) {
      if (settings.url().isH2()) {
        statement.execute("SET QUERY_TIMEOUT " + millis);
        statement.execute("SET LOCK_TIMEOUT " + millis);
      } else {
        String limit =
            connection.getMetaData().getDatabaseProductName().equals("MariaDB")
                ? "max_statement_time = " + millis / 1000.0
                : "max_execution_time = " + millis;
        statement.execute(
            "SET SESSION "
                + limit
                + ", SESSION innodb_lock_wait_timeout = "
                + Math.max(1, millis / 1000));
      }
    }
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
