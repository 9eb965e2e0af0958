package slipway.server.core.life;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import slipway.admin.Ending;

/**
 * The time in which all versions of a service stop, whatever its state, until they may start again:
 * something below their bundles is replaced. Belongs to the control thread.
 */
final class Suspension {

  private final String service;

  /** Completed when all have stopped; null while it is not under way. */
  private CompletableFuture<Ending> stopped;

  private int usersBefore;
  private int closedBefore;

  /**
   * Makes one that has not begun.
   *
   * @param service its name, for those who are told that a version does not stop
   */
  Suspension(String service) {
    this.service = service;
  }

  boolean isUnderWay() {
    return stopped != null;
  }

  /**
   * Begins it; if it is under way it goes on, unless it has failed.
   *
   * @param users how many there are
   * @param closed how many have been asked to leave, ever
   * @return completed with what became of the users; failed, with the reason, if a version does not
   *     stop
   */
  CompletableFuture<Ending> begin(int users, int closed) {
    if (stopped == null || stopped.isCompletedExceptionally()) {
      stopped = new CompletableFuture<>();
      usersBefore = users;
      closedBefore = closed;
    }
    return stopped;
  }

  /** Ends it, however far it has come. */
  void end() {
    stopped = null;
  }

  /**
   * Tells those who wait for it how far it has come.
   *
   * @param allStopped whether no version runs, or is on its way
   * @param closed how many users have been asked to leave, ever
   * @param stuck why a version does not stop; empty if none is late
   */
  void look(boolean allStopped, int closed, Optional<String> stuck) {
    if (stopped == null) {
      return;
    }
    if (allStopped) {
      int asked = Math.min(usersBefore, closed - closedBefore);
      stopped.complete(new Ending(usersBefore - asked, asked));
    } else {
      stuck.ifPresent(
          reason ->
              stopped.completeExceptionally(new IllegalStateException(service + ": " + reason)));
    }
  }
}
