package slipway.server.core.life;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import slipway.admin.Ending;
import slipway.server.core.life.Version.Phase;

/**
 * The time in which all versions of a service stop, whatever its state, until they may start again:
 * something below their bundles is replaced. Belongs to the control thread.
 */
final class Suspension {

  private static final Ending NOBODY = new Ending(0, 0);

  private final String service;

  /** Completed when all have stopped; null while it is not under way. */
  private CompletableFuture<Ending> stopped;

  private int usersBefore;
  private int closedBefore;

  /**
   * Makes one that has not begun.
   *
   * @param service its name, for the message that a version does not stop
   */
  Suspension(String service) {
    this.service = service;
  }

  boolean isUnderWay() {
    return stopped != null;
  }

  /**
   * Begins it; if it is under way it continues, unless it has failed.
   *
   * @return completed with what became of the users; failed, with the reason, if a version does not
   *     stop
   */
  CompletableFuture<Ending> begin(Succession versions) {
    if (stopped == null || stopped.isCompletedExceptionally()) {
      stopped = new CompletableFuture<>();
      usersBefore = versions.users();
      closedBefore = versions.closed();
    }
    return stopped;
  }

  /** Ends it, however far it has come. */
  void end() {
    stopped = null;
  }

  /** Tells its waiters how far the versions have come. */
  void look(Succession versions) {
    if (stopped == null) {
      return;
    }
    if (versions.isStopped()) {
      int asked = Math.min(usersBefore, versions.closed() - closedBefore);
      stopped.complete(new Ending(usersBefore - asked, asked));
    } else {
      Version stuck = versions.find(some -> some.is(Phase.STOPPING) && some.failure().isSet());
      if (stuck != null) {
        stopped.completeExceptionally(
            new IllegalStateException(service + ": " + stuck.failure().reason()));
      }
    }
  }

  /** Completes a stage when all of some suspensions have come to their end, or one has failed. */
  static void all(List<CompletableFuture<Ending>> each, CompletableFuture<Ending> all) {
    CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
        .thenApply(done -> each.stream().map(CompletableFuture::join).reduce(NOBODY, Ending::and))
        .whenComplete(
            (ending, failed) -> {
              if (failed == null) {
                all.complete(ending);
              } else {
                all.completeExceptionally(failed);
              }
            });
  }
}
