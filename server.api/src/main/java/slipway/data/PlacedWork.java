package slipway.data;

import java.sql.Connection;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * {@link Work} that has to know which database it is done in, as it depends on what was read
 * before.
 *
 * @param <T> what it returns
 */
@ConsumerType
@FunctionalInterface
public interface PlacedWork<T> {

  /**
   * Does it.
   *
   * @param connection open, with auto-commit off; not to be committed, closed or kept
   * @param place the database that the connection leads to
   * @return a result, or null
   * @throws SQLException if it fails; the transaction is rolled back
   */
  T run(Connection connection, DatabaseId place) throws SQLException;
}
