package slipway.services.chat.command;

/** What an operator wanted was not done; the message is the reason, without the command. */
final class Refused extends Exception {

  private static final long serialVersionUID = 1L;

  Refused(String message) {
    super(message);
  }

  Refused(String message, Throwable cause) {
    super(message, cause);
  }
}
