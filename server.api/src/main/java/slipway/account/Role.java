package slipway.account;

/** What a user may do. */
public enum Role {
  /** Uses services. */
  USER,
  /** Also keeps order among users: mutes, kicks and bans. */
  OPERATOR
}
