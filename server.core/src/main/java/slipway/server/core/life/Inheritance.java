package slipway.server.core.life;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import slipway.server.core.life.Version.Phase;
import slipway.service.Successor;

/**
 * The users that come to the version that serves from all others: by a hand-over as soon as it
 * runs, also if the version that they are with was taken away before that. Belongs to the control
 * thread.
 */
final class Inheritance {

  private final Succession versions;
  private final Supplier<HandOver> mover;
  private final SuccessorStart takeovers;

  /**
   * Completed when the users of versions that were taken away have been seen to; null if nobody
   * waits for the version that serves.
   */
  private CompletableFuture<Void> awaited;

  Inheritance(Succession versions, Supplier<HandOver> mover, SuccessorStart takeovers) {
    this.versions = versions;
    this.mover = mover;
    this.takeovers = takeovers;
  }

  /** The users of versions that were taken away are to come to the one that serves now. */
  void expect() {
    if (awaited == null && !versions.isAlone()) {
      awaited = new CompletableFuture<>();
    }
  }

  /** Whether there are such users, wherever they are. */
  boolean isExpected() {
    return awaited != null;
  }

  /** Whether it is still to be hoped that they come. */
  boolean isOpen() {
    return awaited != null && !awaited.isDone();
  }

  /** Completed when they have been handled, or have been left where they are. */
  CompletionStage<Void> settled() {
    return awaited == null ? CompletableFuture.completedStage(null) : awaited;
  }

  /**
   * Begins to move the users of all other versions to the one that serves and is active, as some
   * may have stayed with a version further back. What a version runs beside its users comes first.
   *
   * @return completed when all users have been seen to
   */
  CompletionStage<Void> handOver(ServiceSettings settings) {
    Version serving = versions.serving();
    List<Version> others =
        versions.all().stream()
            .filter(other -> other != serving && other.is(Phase.ACTIVE))
            .toList();
    List<ActiveVersion> from = others.stream().map(Version::active).toList();
    Supplier<CompletionStage<Void>> moves = () -> move(from, settings);
    CompletionStage<Void> all = null;
    if (!from.isEmpty() && serving.active().service() instanceof Successor successor) {
      all = takeovers.takeOver(serving, successor, from, settings, moves);
    }
    others.forEach(other -> other.drain().replacedBy(serving.active(), settings.drainTimeout()));
    if (all == null) {
      all = moves.get();
    }
    if (awaited != null) {
      CompletableFuture<Void> inherited = awaited;
      awaited = null;
      all.thenRun(() -> inherited.complete(null));
    }
    return all;
  }

  private CompletionStage<Void> move(List<ActiveVersion> others, ServiceSettings settings) {
    return CompletableFuture.allOf(
        others.stream()
            .map(other -> mover.get().begin(other, settings.handOffTimeout()))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }

  /**
   * Looks whether they can come now.
   *
   * @param starting whether the version that serves runs, or is to
   */
  void look(boolean starting, ServiceSettings settings) {
    if (awaited == null) {
      return;
    }
    Version serving = versions.serving();
    if (serving == null || versions.isAlone()) {
      awaited.complete(null);
      awaited = null;
    } else if (serving.is(Phase.ACTIVE)) {
      handOver(settings);
    } else if (serving.failure().isSet() || !starting) {
      awaited.complete(null); // they stay where they are, at least for now
    }
  }
}
