package slipway.server.data;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

/**
 * What is configured for the database.
 *
 * @param url where it is
 * @param user the user's name; may be empty @param password the user's password
 * @param poolSize connections, and threads that work
 * @param queueLimit how much work may wait
 * @param idleTimeout after which an unused connection is closed
 * @param maxLifetime after which a connection is replaced
 * @param connectTimeout in which a connection has to be there
 * @param statementTimeout in which a statement has to be answered
 * @param migrationTimeout in which a migration's statement has to be answered
 */
record DataSettings(
    DataUrl url,
    String user,
    Secret password,
    int poolSize,
    int queueLimit,
    Duration idleTimeout,
    Duration maxLifetime,
    Duration connectTimeout,
    Duration statementTimeout,
    Duration migrationTimeout) {

  static DataSettings of(Settings settings, Path home) throws InvalidConfiguration {
    return new DataSettings(
        DataUrl.of(settings.text("url"), home),
        settings.text("user"),
        password(settings, home),
        settings.integer("pool.size", 1, 256),
        settings.integer("queue.limit", 1, 1_000_000),
        settings.duration("idle.timeout", Duration.ofSeconds(10), Duration.ofDays(1)),
        settings.duration("max.lifetime", Duration.ofSeconds(30), Duration.ofDays(1)),
        settings.duration("connect.timeout", Duration.ofMillis(250), Duration.ofMinutes(1)),
        settings.duration("statement.timeout", Duration.ofSeconds(1), Duration.ofHours(1)),
        settings.duration("migration.timeout", Duration.ofSeconds(1), Duration.ofDays(1)));
  }

  /**
   * The password as it is now.
   *
   * @throws SQLException with the state of a login that is refused, if its file cannot be read
   */
  String readPassword() throws SQLException {
    try {
      return password.read();
    } catch (IOException unreadable) {
      throw new SQLException("password.file cannot be read: " + unreadable, "28000", unreadable);
    }
  }

  private static Secret password(Settings settings, Path home) throws InvalidConfiguration {
    String file = settings.text("password.file");
    if (file.isEmpty()) {
      return Secret.of(settings.text("password"));
    }
    if (!settings.text("password").isEmpty()) {
      throw new InvalidConfiguration(
          "password and password.file are both set: allowed is one of them");
    }
    try {
      Secret secret = Secret.in(home.resolve(file));
      secret.read();
      return secret;
    } catch (IOException | InvalidPathException unreadable) {
      throw new InvalidConfiguration(
          "password.file = "
              + file
              + ": allowed is a small file that the host can read: "
              + unreadable);
    }
  }
}
