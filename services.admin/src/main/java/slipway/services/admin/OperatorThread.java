package slipway.services.admin;

/**
 * Makes the threads that serve operators: the system's own. Virtual threads share a few threads
 * with those of all services, and wait when services compute.
 */
final class OperatorThread {

  private OperatorThread() {}

  /** A thread that has not started and does not keep the host from ending. */
  static Thread of(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name(name).unstarted(work);
  }
}
