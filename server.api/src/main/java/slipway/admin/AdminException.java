package slipway.admin;

/** An operation was refused or failed; the message is one line that tells an operator why. */
public final class AdminException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what was asked for, why it was not done, and what is allowed
   */
  public AdminException(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message what was asked for, why it was not done, and what is allowed
   * @param cause what failed
   */
  public AdminException(String message, Throwable cause) {
    super(message, cause);
  }
}
