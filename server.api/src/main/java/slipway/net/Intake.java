package slipway.net;

import java.time.Duration;

/**
 * How an acceptor wants the connections treated that it hands on.
 *
 * @param acceptor name of the acceptor
 * @param choice who chooses the service
 * @param service name of the service; empty when the client chooses
 * @param dispatchTimeout time in which the client has to name a service, and in which the service
 *     has to be there
 * @param idleTimeout time without a byte in either direction after which a connection is closed;
 *     zero for never
 */
public record Intake(
    String acceptor,
    Choice choice,
    String service,
    Duration dispatchTimeout,
    Duration idleTimeout) {

  /** Who chooses a connection's service. */
  public enum Choice {
    /** The client, by its first message. */
    CLIENT,
    /** The acceptor; the client's first byte is the service's already. */
    FIXED,
    /** The acceptor, whatever the client's first message asks for. */
    OVERRIDE
  }
}
