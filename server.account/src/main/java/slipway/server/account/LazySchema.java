package slipway.server.account;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import slipway.data.DatabaseAway;
import slipway.data.DatabaseId;
import slipway.data.PlacedWork;
import slipway.data.Schema;
import slipway.data.Work;

/**
 * A schema that is opened when it is used first: opening the first one opens the database, which a
 * host that starts need not wait for.
 */
final class LazySchema implements Schema {

  private final Supplier<Schema> opening;
  private Schema opened;
  private boolean closed;

  LazySchema(Supplier<Schema> opening) {
    this.opening = opening;
  }

  /** The schema; empty once this is closed. */
  private synchronized Optional<Schema> open() {
    if (opened == null && !closed) {
      opened = opening.get();
    }
    return Optional.ofNullable(opened);
  }

  @Override
  public <T> CompletionStage<T> read(Work<T> work) {
    return open().map(schema -> schema.read(work)).orElseGet(LazySchema::refuse);
  }

  @Override
  public <T> CompletionStage<T> write(Work<T> work) {
    return open().map(schema -> schema.write(work)).orElseGet(LazySchema::refuse);
  }

  @Override
  public <T> CompletionStage<T> read(PlacedWork<T> work) {
    return open().map(schema -> schema.read(work)).orElseGet(LazySchema::refuse);
  }

  @Override
  public <T> CompletionStage<T> write(PlacedWork<T> work) {
    return open().map(schema -> schema.write(work)).orElseGet(LazySchema::refuse);
  }

  private static <T> CompletionStage<T> refuse() {
    return CompletableFuture.failedStage(new DatabaseAway("the accounts are closed"));
  }

  @Override
  public Optional<DatabaseId> database() {
    return open().flatMap(Schema::database);
  }

  @Override
  public Optional<String> away() {
    return open().map(Schema::away).orElseGet(() -> Optional.of("the accounts are closed"));
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (opened != null) {
      opened.close();
    }
  }
}
