package slipway.data;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The tables of one bundle. Methods may be called from any thread, event loops too, and do not
 * block; work runs on the database's own threads, several at once and in no order.
 *
 * <p>Work that is asked for while the database is being opened, or the tables made, waits for that.
 * A stage fails with {@link DatabaseAway} if the database cannot be used or too much waits for it
 * (then it fails at once), or if the database goes away during the work, which may then have been
 * committed. Otherwise it fails with what the work throws; the transaction is then rolled back.
 *
 * <p>What depends on a stage runs in a database thread that others wait for, or in the caller's: it
 * must not block. Isolation is read committed, on each database.
 */
@ProviderType
public interface Schema extends AutoCloseable {

  /**
   * Reads, in a transaction, which is rolled back at its end.
   *
   * @param work what to do
   * @return completed with what the work returns, in a database thread
   */
  <T> CompletionStage<T> read(Work<T> work);

  /**
   * Reads, as {@link #read(Work)}, and tells the work which database it is done in.
   *
   * @since 1.1
   */
  <T> CompletionStage<T> read(PlacedWork<T> work);

  /**
   * Writes, in a transaction.
   *
   * @param work what to do
   * @return completed with what the work returns, in a database thread, once what was written
   *     survives a kill of the host
   */
  <T> CompletionStage<T> write(Work<T> work);

  /**
   * Writes, as {@link #write(Work)}, and tells the work which database it is done in.
   *
   * @since 1.1
   */
  <T> CompletionStage<T> write(PlacedWork<T> work);

  /**
   * Which database the tables are in now; empty while they cannot be used. The database may be
   * another one when the work is done: work that has to be sure of it is {@link PlacedWork}.
   *
   * @since 1.1
   */
  Optional<DatabaseId> database();

  /** Why the tables cannot be used now, one line; empty while they can, or are being made. */
  Optional<String> away();

  /** Ends the use of the schema; work that has been asked for is still done. Does not wait. */
  @Override
  void close();
}
