package slipway.admin;

import slipway.service.Audience;

/**
 * An acceptor as it is at one moment.
 *
 * @param address the address that it listens on: an IP address, or {@code unix:} and a path
 * @param port the port that it listens on: the real one if 0 is configured and it is bound; 0 for a
 *     Unix domain socket
 * @param state its state
 * @param name its name
 * @param service the service of all its connections; empty if the client chooses
 * @param connections how many of the connections that it accepted are open
 * @param transport what its event loops wait with, and {@code tcp} or {@code unix}
 * @param bound whether it holds its address
 * @param audience users or operators
 * @param reason why it is not bound, or what else an operator should know; empty if all is well
 */
public record AcceptorStatus(
    String address,
    int port,
    AcceptorState state,
    String name,
    String service,
    int connections,
    String transport,
    boolean bound,
    Audience audience,
    String reason) {

  /** The same with another reason. */
  public AcceptorStatus withReason(String other) {
    return new AcceptorStatus(
        address, port, state, name, service, connections, transport, bound, audience, other);
  }
}
