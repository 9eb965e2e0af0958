package slipway.server.account.password;

import java.util.Arrays;
import java.util.List;
import slipway.account.AccountException;

/**
 * A password as it was given, and the form of it that is hashed.
 *
 * <p>A hash that is older than that form is of the bytes as they were given, so these are compared
 * as well if they differ.
 */
public final class Secret {

  private final byte[] given;
  private final byte[] prepared;
  private final AccountException refused;

  private Secret(byte[] given, byte[] prepared, AccountException refused) {
    this.given = given;
    this.prepared = prepared;
    this.refused = refused;
  }

  /** Takes a password, which {@link #wipe} wipes. */
  public static Secret of(byte[] given) {
    if (given.length == 0 || given.length > PasswordRules.LONGEST) {
      return new Secret(given, null, null); // it is refused before it is looked at
    }
    try {
      return new Secret(given, OpaqueString.prepare(given), null);
    } catch (AccountException refused) {
      return new Secret(given, null, refused);
    }
  }

  /** How many bytes were given. */
  int length() {
    return given.length;
  }

  /**
   * The form that a new hash is made of; not to be changed.
   *
   * @throws AccountException if it cannot be a new password
   */
  public byte[] prepared() throws AccountException {
    if (prepared == null) {
      throw refused != null ? refused : new AccountException(PasswordRules.LENGTH);
    }
    return prepared;
  }

  /** Whether these bytes are the form that a new hash is made of, or there is no other one. */
  public boolean isPrepared(byte[] form) {
    return prepared == null || form == prepared;
  }

  /** What a stored hash may be of, the likelier first; not to be changed. */
  public List<byte[]> forms() {
    if (prepared == null) {
      return List.of(given);
    }
    return Arrays.equals(prepared, given) ? List.of(prepared) : List.of(prepared, given);
  }

  public void wipe() {
    Arrays.fill(given, (byte) 0);
    if (prepared != null) {
      Arrays.fill(prepared, (byte) 0);
    }
  }
}
