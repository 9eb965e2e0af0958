package slipway.server.core.life;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import slipway.service.Service;

/** A bundle that does as the test says. */
final class FakeProvider implements Provider {

  Service service = connection -> {};
  private final long id;
  private final String version;
  String state = "RESOLVED";

  /** Its state when it has stopped: INSTALLED if it cannot be resolved. */
  String stopped = "RESOLVED";

  int starts;
  int stops;
  boolean persistent;

  /** Whether starting and stopping wait for {@link #finish} and {@link #fail}. */
  boolean slow;

  /** Why it cannot be resolved; empty if it can. */
  String unresolved = "";

  /** What its start waits for. */
  String awaited = "";

  /** Whether the last start was to show that it serves. */
  boolean proof;

  /** Whether the service that was started last is gone already. */
  boolean withdrawn;

  private CompletableFuture<Service> starting;
  private CompletableFuture<Void> stopping;

  FakeProvider(long id, String version) {
    this.id = id;
    this.version = version;
  }

  @Override
  public boolean hasWithdrawn() {
    return withdrawn;
  }

  void finish() {
    if (starting != null) {
      CompletableFuture<Service> done = starting;
      starting = null;
      state = "ACTIVE";
      done.complete(service);
    } else {
      CompletableFuture<Void> done = stopping;
      stopping = null;
      state = stopped;
      done.complete(null);
    }
  }

  void fail(String reason) {
    CompletableFuture<Service> failed = starting;
    starting = null;
    failed.completeExceptionally(new IllegalStateException(reason));
  }

  @Override
  public String unresolved() {
    return unresolved;
  }

  @Override
  public CompletionStage<String> resolve() {
    return CompletableFuture.completedFuture(unresolved);
  }

  @Override
  public String awaited() {
    return awaited;
  }

  @Override
  public CompletionStage<Service> start(boolean persistently, Duration deadline, boolean proof) {
    starts++;
    this.proof = proof;
    persistent = persistently;
    state = "STARTING";
    CompletableFuture<Service> stage = new CompletableFuture<>();
    starting = stage;
    if (!slow) {
      finish();
    }
    return stage;
  }

  @Override
  public CompletionStage<Void> stop(Duration deadline) {
    stops++;
    persistent = false;
    state = "STOPPING";
    CompletableFuture<Void> stage = new CompletableFuture<>();
    stopping = stage;
    if (!slow) {
      finish();
    }
    return stage;
  }

  @Override
  public void persist() {
    persistent = true;
  }

  @Override
  public long bundleId() {
    return id;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public String bundleState() {
    return state;
  }
}
