package slipway.account;

/** Something about accounts was refused or failed; the message is one line for a user. */
public final class AccountException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what was not done, why, and what is allowed; without any secret
   */
  public AccountException(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message what was not done, why, and what is allowed; without any secret
   * @param cause what failed
   */
  public AccountException(String message, Throwable cause) {
    super(message, cause);
  }
}
