package slipway.services.chat.user;

import slipway.account.Network;
import slipway.services.chat.text.Day;

/** One connection of a user who is on. Methods may be called from any thread. */
public interface Device {

  /** Number of the connection. */
  long connection();

  /** Whether it is in a network. */
  boolean isFrom(Network network);

  /**
   * Shows a line that the device has not asked for.
   *
   * @param line without a delimiter and without control characters
   */
  void show(String line);

  /**
   * Shows a line that another user wrote to this user alone.
   *
   * @param line likewise
   * @param day when; null if that is not known
   */
  void tell(String line, Day day);

  /**
   * Shows a last line and closes the connection.
   *
   * @param line likewise
   */
  void end(String line);
}
