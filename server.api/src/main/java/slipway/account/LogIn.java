package slipway.account;

/** How an attempt to log in ended. */
public sealed interface LogIn {

  /**
   * The user is in.
   *
   * @param account the user
   * @param registered whether the account was made by this attempt
   */
  record Entered(Account account, boolean registered) implements LogIn {}

  /** The password is wrong. */
  record WrongPassword() implements LogIn {}

  /** There is no such user, and the attempt was not to make one. */
  record Unknown() implements LogIn {}

  /**
   * The password is right, but the user is banned.
   *
   * @param ban until when and why
   */
  record Banned(Ban ban) implements LogIn {}
}
