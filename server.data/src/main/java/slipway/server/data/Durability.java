package slipway.server.data;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What makes commits survive a kill of the host, for as long as the database is there. Methods may
 * be called from any thread.
 */
interface Durability {

  /** A server's, whose commits wait for its own disk. */
  Durability OF_COMMITS =
      new Durability() {

        @Override
        public String fileKey() {
          return "";
        }

        @Override
        public Changes.Change change() {
          return Changes.Change.UNSEEN;
        }

        @Override
        public CompletionStage<Void> next() {
          return CompletableFuture.completedStage(null);
        }

        @Override
        public void write() {
          // done
        }

        @Override
        public CompletionStage<Void> look() {
          return CompletableFuture.completedStage(null);
        }

        @Override
        public void close() {
          // nothing is held
        }
      };

  /** What the system knows the database's file by; empty if there is none of the host's. */
  String fileKey();

  /** Begins a transaction that changes something, which is made safe as a whole. */
  Changes.Change change();

  /** Completed once all that is committed now is safe; fails with a {@link SQLException}. */
  CompletionStage<Void> next();

  /**
   * Makes safe what is committed. Blocks.
   *
   * @throws SQLException if it cannot be written
   */
  void write() throws SQLException;

  /**
   * Looks whether the database is where it was, as nothing else reports a file that was deleted.
   * Fails with a {@link SQLException} if it is not.
   */
  CompletionStage<Void> look();

  /** Lets the database go; returns when that has happened. */
  void close();
}
