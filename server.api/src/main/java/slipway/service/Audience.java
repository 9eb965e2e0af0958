package slipway.service;

/**
 * The audience of a service or an acceptor.
 *
 * @since 1.6
 */
public enum Audience {
  /** For every client that can reach the address. */
  USERS,

  /**
   * For operators, who command the host. Such services are served while the host waits for its
   * users to go, and while it ends; no acceptor for users leads to them.
   */
  OPERATORS
}
