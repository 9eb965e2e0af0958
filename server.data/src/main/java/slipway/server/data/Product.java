package slipway.server.data;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import slipway.config.InvalidConfiguration;

/**
 * A product that the host can use as its database: everything in which one differs from another.
 * The rest of this package, and the bundles, know JDBC and the SQL that the products share.
 *
 * <p>It has no state. Methods may be called from any thread.
 */
sealed interface Product permits H2, MariaDb {

  /** All of them. */
  List<Product> ALL = List.of(new H2(), new MariaDb());

  /** Something done with a connection. */
  interface Step<T> {

    T run(Connection connection) throws SQLException, IOException;
  }

  /** How its URLs begin. */
  List<String> schemes();

  /**
   * Reads a URL that begins with one of the schemes.
   *
   * @param home the folder from which relative paths count
   * @throws InvalidConfiguration if the host cannot use it
   */
  DataUrl url(String text, Path home) throws InvalidConfiguration;

  /**
   * What opens connections.
   *
   * @param statementTimeout in which the database has to answer a statement
   * @param files the database files that the host has had open
   */
  Connector connector(DataSettings settings, Duration statementTimeout, DataFiles files);

  /**
   * Changes a schema's tables while no other host, and no other configuration of this one, changes
   * them. Blocks.
   *
   * @param patience how long it waits for the others
   * @throws SQLException if the step does, or it was others' turn for too long
   */
  <T> T alone(DataSource source, String schema, Duration patience, Step<T> step)
      throws SQLException, IOException;

  /**
   * What makes commits survive a kill of the host.
   *
   * @throws SQLException if the database is not there
   */
  Durability durability(DataSource source) throws SQLException;

  /** Whether the failure is one after which the database cannot be used, by its own codes. */
  boolean isGone(SQLException failure);

  /** Whether the database is there, and refuses this to its user or for now to all. */
  boolean isRefusal(SQLException failure);

  /** Whether only the statement is at fault, whatever the failure says of the connection. */
  boolean isOfStatement(Throwable failure);

  /** A failure in words that say more than its own; empty if its own do. */
  Optional<String> explain(SQLException failure);
}
