package slipway.server.account.password;

/** Which work for a password comes first. */
public enum Urgency {
  /** An operator's command waits for it. */
  OPERATOR,
  /** A user logs in. */
  LOG_IN,
  /** A user registers a new name. */
  REGISTRATION
}
