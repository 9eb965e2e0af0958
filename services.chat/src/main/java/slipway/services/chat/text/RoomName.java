package slipway.services.chat.text;

import slipway.account.AccountName;

/**
 * Name of a room. It is written and compared as names of users are.
 *
 * @param text as it is shown
 * @param key by which rooms are told apart
 */
public record RoomName(String text, String key) {

  /**
   * Reads a name; a {@code #} before it is left out.
   *
   * @throws IllegalArgumentException if it is no name; the message says what is allowed
   */
  public static RoomName of(String text) {
    try {
      AccountName name = AccountName.of(text.startsWith("#") ? text.substring(1) : text);
      return new RoomName(name.toString(), name.key());
    } catch (IllegalArgumentException noName) {
      throw new IllegalArgumentException("a room's name is " + AccountName.FORM, noName);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RoomName name && key.equals(name.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
