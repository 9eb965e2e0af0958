package slipway.services.chat.user;

import java.util.Optional;

/** What became of a device that wants to come in. */
public sealed interface Entry {

  /**
   * It is in.
   *
   * @param displaced another user who was known by the name of this one's account; empty if none
   *     was
   */
  record Entered(User user, Optional<User> displaced) implements Entry {}

  /** It is not: the user has as many devices as may be. */
  record TooManyDevices() implements Entry {}
}
