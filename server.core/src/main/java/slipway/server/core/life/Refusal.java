package slipway.server.core.life;

/** A service is not to be had; the message is one line for the client. */
public final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception. It has no stack trace: clients can cause any number of them.
   *
   * @param message why, in words that tell a stranger nothing about the inside of the host
   */
  public Refusal(String message) {
    super(message, null, false, false);
  }
}
