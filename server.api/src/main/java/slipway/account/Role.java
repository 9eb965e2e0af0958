package slipway.account;

/** What a user may do. */
public enum Role {
  /** Uses services. */
  USER,
  /** Also moderates: mutes, kicks and bans. */
  OPERATOR
}
