package slipway.data;

import java.sql.Connection;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What is done in one transaction. May block on the database, and on nothing else.
 *
 * @param <T> what it returns
 */
@ConsumerType
@FunctionalInterface
public interface Work<T> {

  /**
   * Does it.
   *
   * @param connection open, with auto-commit off; not to be committed, closed or kept
   * @return a result, or null
   * @throws SQLException if it fails; the transaction is rolled back
   */
  T run(Connection connection) throws SQLException;
}
