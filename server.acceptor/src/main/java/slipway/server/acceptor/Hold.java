package slipway.server.acceptor;

/** What an operator's command keeps acceptors from, whatever their configurations say. */
enum Hold {
  NONE(""),

  /** Accepts no clients; they wait in the backlog. */
  SUSPENDED("accepts no clients while the host waits for connections to end"),

  /** Has no address; clients are refused by the system. */
  WITHDRAWN("no longer listens, as the host ends");

  /** What operators read. */
  final String reason;

  Hold(String reason) {
    this.reason = reason;
  }
}
