package slipway.services.chat.text;

import slipway.account.AccountName;

/**
 * A user's name as others see it: one that is not the name of the user's account has a mark before
 * it, which no name of an account has.
 */
public final class ShownName {

  private static final String MARK = "~";

  private ShownName() {}

  /** The text of a name. */
  public static String of(AccountName name, AccountName account) {
    return name.equals(account) ? name.toString() : MARK + name;
  }

  /**
   * Reads a name, with the mark or without.
   *
   * @throws IllegalArgumentException if it is none; the message says what is allowed
   */
  public static AccountName read(String text) {
    return AccountName.of(text.startsWith(MARK) ? text.substring(MARK.length()) : text);
  }
}
