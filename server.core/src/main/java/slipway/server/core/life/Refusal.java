package slipway.server.core.life;

import slipway.admin.ServiceState;

/** A service is not available; the message is one line for the client. */
public final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why a service is not available. */
  public enum Kind {
    /** Nothing provides it. */
    UNKNOWN,
    /** Its state admits nobody. */
    LOCKED,
    /** It did not start, or does not work. */
    FAILED
  }

  private final Kind kind;

  /**
   * Makes the exception of a service that has failed.
   *
   * @param message why, in words that tell a stranger nothing about the inside of the host
   */
  public Refusal(String message) {
    this(Kind.FAILED, message);
  }

  /** Without a stack trace: clients can cause any number of them. */
  private Refusal(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  /** Why the service is not available. */
  public Kind kind() {
    return kind;
  }

  /**
   * Nothing provides the service that was asked for.
   *
   * @param name what was asked for; anything but visible ASCII is not repeated
   */
  public static Refusal unknown(String name) {
    return new Refusal(Kind.UNKNOWN, "unknown service: " + name.replaceAll("[^\\x21-\\x7e]", "?"));
  }

  /** The service's state admits nobody. */
  static Refusal locked(String name, ServiceState state) {
    return new Refusal(Kind.LOCKED, name + " is " + state);
  }
}
