package slipway.server.data;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import slipway.data.DatabaseAway;
import slipway.data.DatabaseId;
import slipway.data.PlacedWork;
import slipway.data.Schema;
import slipway.data.Work;

/** A bundle's schema, in whichever database is configured. */
final class HostSchema implements Schema {

  private final long owner;
  private final Scripts scripts;
  private final Consumer<HostSchema> onClose;
  private volatile Tables tables;
  private volatile boolean closed;

  /**
   * Makes it; it is of no use before {@link #use}.
   *
   * @param owner the id of the bundle that it is of; negative outside of a framework
   */
  HostSchema(long owner, Scripts scripts, Consumer<HostSchema> onClose) {
    this.owner = owner;
    this.scripts = scripts;
    this.onClose = onClose;
  }

  boolean isOf(long bundleId) {
    return owner == bundleId;
  }

  Scripts scripts() {
    return scripts;
  }

  Tables tables() {
    return tables;
  }

  /** From now on, work is done there. */
  void use(Tables elsewhere) {
    tables = elsewhere;
  }

  @Override
  public <T> CompletionStage<T> read(Work<T> work) {
    return submit((connection, place) -> work.run(connection), false);
  }

  @Override
  public <T> CompletionStage<T> read(PlacedWork<T> work) {
    return submit(work, false);
  }

  @Override
  public <T> CompletionStage<T> write(Work<T> work) {
    return submit((connection, place) -> work.run(connection), true);
  }

  @Override
  public <T> CompletionStage<T> write(PlacedWork<T> work) {
    return submit(work, true);
  }

  @Override
  public Optional<DatabaseId> database() {
    return tables.database();
  }

  private <T> CompletionStage<T> submit(PlacedWork<T> work, boolean writes) {
    return closed
        ? CompletableFuture.failedFuture(
            new DatabaseAway("schema " + scripts.name() + " is closed"))
        : tables.submit(work, writes);
  }

  @Override
  public Optional<String> away() {
    return closed ? Optional.of("schema " + scripts.name() + " is closed") : tables.away();
  }

  @Override
  public void close() {
    closed = true;
    onClose.accept(this);
  }
}
