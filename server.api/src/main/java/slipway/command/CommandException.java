package slipway.command;

/**
 * A command does not do what it was asked for. Its message is one line for the caller: what was
 * asked for, why it was not done, and what is allowed.
 */
public final class CommandException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message one line; it begins with the command and its verb
   */
  public CommandException(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message one line; it begins with the command and its verb
   * @param cause what failed
   */
  public CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
