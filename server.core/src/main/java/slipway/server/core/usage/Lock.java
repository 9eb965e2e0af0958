package slipway.server.core.usage;

import slipway.admin.AdminException;

/** Locks a service that uses more than it may. */
@FunctionalInterface
public interface Lock {

  /**
   * Lets nobody in, and has it LOCKED when the last user has left. May take a while.
   *
   * @return false if it lets nobody in already; nothing has changed then
   * @throws AdminException if that is refused, or cannot be saved
   * @throws InterruptedException if interrupted while waiting
   */
  boolean lock(String service) throws AdminException, InterruptedException;
}
