package slipway.inbox;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Stops reading from a peer, and begins again: for an accepted client {@link
 * slipway.service.Connection#reads}, for a channel of one's own its {@code autoRead}.
 */
@ConsumerType
@FunctionalInterface
public interface Reading {

  /**
   * Called in the event loop, and only when it changes; reading is on at first. What was read
   * before may still come.
   *
   * @param wanted false to stop reading, true to read again
   */
  void reads(boolean wanted);
}
