package slipway.service;

/**
 * For whom a service or an acceptor is.
 *
 * @since 1.6
 */
public enum Audience {
  /** For whoever can reach the address. */
  USERS,

  /**
   * For those that command the host. They are served while the host waits for its users to go, and
   * while it ends; no acceptor for users leads to them.
   */
  OPERATORS
}
