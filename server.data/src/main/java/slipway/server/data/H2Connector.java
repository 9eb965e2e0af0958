package slipway.server.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.h2.Driver;

/** Opens connections to H2, which makes a file that is not there, in a folder of its own. */
final class H2Connector implements Connector {

  private final DataSettings settings;
  private final Duration statementTimeout;
  private final DataFiles files;

  /**
   * Makes it.
   *
   * @param statementTimeout in which H2 has to answer a statement
   * @param files the database files that the host has had open, which are not made again
   */
  H2Connector(DataSettings settings, Duration statementTimeout, DataFiles files) {
    this.settings = settings;
    this.statementTimeout = statementTimeout;
    this.files = files;
  }

  @Override
  public Connection connect() throws SQLException {
    Optional<Path> file = settings.url().file();
    if (file.isPresent()) {
      files.check(file.get());
      makeFolder(file.get().getParent());
    }
    Properties login = new Properties();
    if (!settings.user().isEmpty()) {
      login.setProperty("user", settings.user());
      login.setProperty("password", settings.readPassword());
    }
    Connection connection = Connector.connect(new Driver(), settings.url(), login);
    file.ifPresent(files::opened);
    return connection;
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

  @Override
  public void limit(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET QUERY_TIMEOUT " + statementTimeout.toMillis());
      statement.execute("SET LOCK_TIMEOUT " + statementTimeout.toMillis());
    }
  }
}
