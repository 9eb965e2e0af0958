package slipway.server.account.password;

/**
 * The function argon2id of RFC 9106, version 0x13. An instance is used by one thread at a time, and
 * keeps memory for the next use.
 */
@FunctionalInterface
public interface Argon2 {

  /**
   * Hashes a password.
   *
   * @param cost memory, iterations and lanes
   * @param salt random bytes, at least 8
   * @param password the password; is not kept
   * @param length bytes of the result, at least 4
   */
  byte[] hash(HashCost cost, byte[] salt, byte[] password, int length);
}
