package slipway.data;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The tables of one bundle. Methods may be called from any thread, event loops too, and do not
 * block; work runs on the database's own threads, several at once and in no order.
 *
 * <p>A stage fails with {@link DatabaseAway} if the database cannot be used, and at once so; with
 * the {@link java.sql.SQLException} if the work fails; the transaction is rolled back then. Work
 * that fails because the database went away may have been committed.
 */
@ProviderType
public interface Schema extends AutoCloseable {

  /**
   * Reads, in a transaction.
   *
   * @param work what to do
   * @return completed with what the work returns, in a database thread
   */
  <T> CompletionStage<T> read(Work<T> work);

  /**
   * Writes, in a transaction.
   *
   * @param work what to do
   * @return completed with what the work returns, in a database thread, once what was written
   *     survives a kill of the host
   */
  <T> CompletionStage<T> write(Work<T> work);

  /** Why the tables cannot be used now, one line; empty while they can. */
  Optional<String> away();

  /** Ends the use of the schema; work that has been asked for is still done. */
  @Override
  void close();
}
