package slipway.server.core.life;

/** A service is not available; the message is one line for the client. */
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

  /**
   * Nothing provides the service that was asked for.
   *
   * @param name what was asked for; anything but visible ASCII is not repeated
   */
  public static Refusal unknown(String name) {
    return new Refusal("unknown service: " + name.replaceAll("[^\\x21-\\x7e]", "?"));
  }
}
