package slipway.services.chat.room;

/** One connection of a user who is on. Methods may be called from any thread. */
public interface Device {

  /** Number of the connection. */
  long connection();

  /**
   * Shows a line that the device has not asked for.
   *
   * @param line without a delimiter and without control characters
   */
  void show(String line);

  /**
   * Shows a last line and closes the connection.
   *
   * @param line likewise
   */
  void end(String line);
}
