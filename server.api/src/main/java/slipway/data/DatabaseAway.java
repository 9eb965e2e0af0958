package slipway.data;

/** The database cannot be used now; the message is one line that says why. */
public final class DatabaseAway extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message why, without any secret
   */
  public DatabaseAway(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message why, without any secret
   * @param cause what failed
   */
  public DatabaseAway(String message, Throwable cause) {
    super(message, cause);
  }
}
