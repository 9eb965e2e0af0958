package slipway.server.account.password;

/** Which work for a password comes first. */
public enum Urgency {
  /** An operator's command waits for it. */
  OPERATOR,
  /** Somebody logs in. */
  LOG_IN,
  /** Somebody registers a new name. */
  REGISTRATION
}
