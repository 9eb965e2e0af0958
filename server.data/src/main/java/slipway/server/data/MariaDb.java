package slipway.server.data;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.mariadb.jdbc.export.MaxAllowedPacketException;
import slipway.config.InvalidConfiguration;

/** MariaDB, and MySQL, which one driver speaks to and which differ in little. */
record MariaDb() implements Product {

  /** The connection was killed, which has the state of a statement that was. */
  private static final int CONNECTION_KILLED = 1927;

  /**
   * The server may not do it: the user lacks the right or has used up a quota, the server, the
   * table or the transaction is read-only, or there is no room. From its {@code errmsg.h}.
   */
  private static final Set<Integer> REFUSES =
      Set.of(
          1021, 1026, 1030, 1036, 1044, 1114, 1142, 1143, 1226, 1227, 1290, 1370, 1792, 1836, 3100);

  /** The statement is larger than {@code max_allowed_packet}. */
  private static final int PACKET_TOO_LARGE = 1153;

  @Override
  public List<String> schemes() {
    return List.of(MariaDbUrl.SCHEME, MariaDbUrl.MYSQL_SCHEME);
  }

  @Override
  public DataUrl url(String text, Path home) throws InvalidConfiguration {
    return MariaDbUrl.of(text);
  }

  @Override
  public Connector connector(DataSettings settings, Duration statementTimeout, DataFiles files) {
    return new MariaDbConnector(settings, statementTimeout);
  }

  /**
   * Two hosts may start at once on one server. The migration library's own locks are per URL, which
   * may be spelled differently, or stay behind when a host is killed; this one ends with the
   * connection.
   */
  @Override
  public <T> T alone(DataSource source, String schema, Duration patience, Step<T> step)
      throws SQLException, IOException {
    try (Connection connection = source.getConnection()) {
      lock(connection, schema, patience);
      try {
        return step.run(connection);
      } finally {
        unlock(connection, schema);
      }
    }
  }

  private static void lock(Connection connection, String schema, Duration patience)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT GET_LOCK(CONCAT('slipway.', MD5(CONCAT(DATABASE(), ?))), ?)")) {
      statement.setString(1, "." + schema);
      statement.setLong(2, patience.toSeconds());
      try (ResultSet result = statement.executeQuery()) {
        if (!result.next() || result.getInt(1) != 1) {
          throw new SQLException("another host has been migrating it for too long");
        }
      }
    }
  }

  private static void unlock(Connection connection, String schema) throws SQLException {
    if (connection.isValid(1)) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT RELEASE_LOCK(CONCAT('slipway.', MD5(CONCAT(DATABASE(), ?))))")) {
        statement.setString(1, "." + schema);
        statement.execute();
      }
    }
  }

  @Override
  public Durability durability(DataSource source) {
    return Durability.OF_COMMITS;
  }

  @Override
  public boolean isGone(SQLException failure) {
    return failure.getErrorCode() == CONNECTION_KILLED;
  }

  @Override
  public boolean isRefusal(SQLException failure) {
    return REFUSES.contains(failure.getErrorCode());
  }

  /** The driver connects again by itself after a statement that was too large. */
  @Override
  public boolean isOfStatement(Throwable failure) {
    return failure instanceof MaxAllowedPacketException
        || failure instanceof SQLException sql && sql.getErrorCode() == PACKET_TOO_LARGE;
  }

  @Override
  public Optional<String> explain(SQLException failure) {
    return Optional.empty();
  }
}
