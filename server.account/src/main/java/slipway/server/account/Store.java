package slipway.server.account;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import slipway.account.Origin;
import slipway.data.Schema;
import slipway.server.account.password.Argon2;
import slipway.server.account.password.Hashing;
import slipway.server.account.password.Urgency;

/**
 * The table and the hashing, as the accounts' own thread uses them: its methods are called in that
 * thread, and their stages are completed there.
 *
 * <p>Reads are done as they come. Changes are done one after the other, so that what follows a
 * change, an answer or a call of listeners, comes in the order of the changes.
 */
final class Store {

  private final Schema schema;
  private final Hashing hashing;
  private final Executor thread;
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

  /** What is done with the table in one transaction. */
  @FunctionalInterface
  interface TableWork<T> {
    T run(AccountTable table) throws SQLException;
  }

  Store(Schema schema, Hashing hashing, Executor thread) {
    this.schema = schema;
    this.hashing = hashing;
    this.thread = thread;
  }

  <T> CompletableFuture<T> read(TableWork<T> work) {
    return here(schema.read(connection -> work.run(new AccountTable(connection))));
  }

  <T> CompletableFuture<T> change(TableWork<T> work) {
    CompletableFuture<T> changed =
        last.handle((before, failed) -> null)
            .thenCompose(
                turn -> here(schema.write(connection -> work.run(new AccountTable(connection)))));
    last = changed;
    return changed;
  }

  <T> CompletableFuture<T> hash(
      Urgency urgency, Origin origin, int most, Function<Argon2, T> work) {
    return here(hashing.with(urgency, origin, most, work));
  }

  private <T> CompletableFuture<T> here(CompletionStage<T> elsewhere) {
    CompletableFuture<T> here = new CompletableFuture<>();
    elsewhere.whenComplete(
        (value, failure) ->
            thread.execute(
                () -> {
                  if (failure == null) {
                    here.complete(value);
                  } else {
                    here.completeExceptionally(failure);
                  }
                }));
    return here;
  }
}
