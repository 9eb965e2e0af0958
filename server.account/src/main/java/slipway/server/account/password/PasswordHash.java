package slipway.server.account.password;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A password's hash with what is needed to compare a password with it.
 *
 * <p>As text it has the PHC string format, {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}, with salt
 * and hash in Base64 without padding: see
 * https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md and RFC 9106.
 *
 * @param cost what it cost
 * @param salt the salt; not to be changed
 * @param hash the hash; not to be changed
 */
public record PasswordHash(HashCost cost, byte[] salt, byte[] hash) {

  private static final int SALT_LENGTH = 16;
  private static final int HASH_LENGTH = 32;

  /** RFC 9106 allows more; 64 bytes of each are four times what is needed. */
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,4}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,86})");

  private static final Pattern COST =
      Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,4}),p=(\\d{1,3})(?:\\$.*)?");

  /** Characters of a hash of ours after its cost: two {@code $}, salt and hash in Base64. */
  public static final int RANDOM_LENGTH = 2 + 22 + 43;

  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  /** Hashes a new password, with a salt of its own. */
  public static PasswordHash of(
      byte[] password, HashCost cost, Argon2 argon2, SecureRandom random) {
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    return new PasswordHash(cost, salt, argon2.hash(cost, salt, password, HASH_LENGTH));
  }

  /** Does the work of a comparison that nothing is compared with. */
  static void waste(byte[] password, HashCost cost, Argon2 argon2) {
    argon2.hash(cost, new byte[SALT_LENGTH], password, HASH_LENGTH);
  }

  /**
   * Reads a hash.
   *
   * @throws IllegalArgumentException if the text is none; the message does not repeat it
   */
  public static PasswordHash parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a stored password is not of the form $argon2id$v=19$…");
    }
    HashCost cost = cost(matcher);
    Base64.Decoder decoder = Base64.getDecoder();
    return new PasswordHash(
        cost, decoder.decode(matcher.group(4)), decoder.decode(matcher.group(5)));
  }

  /** The cost that the beginning of a hash tells; empty if it tells none. */
  public static Optional<HashCost> cost(String beginning) {
    Matcher matcher = COST.matcher(beginning);
    try {
      return matcher.matches() ? Optional.of(cost(matcher)) : Optional.empty();
    } catch (IllegalArgumentException noCost) {
      return Optional.empty();
    }
  }

  private static HashCost cost(Matcher matcher) {
    return new HashCost(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)));
  }

  /** The PHC string. */
  public String text() {
    return "$argon2id$v=19$m="
        + cost.memory()
        + ",t="
        + cost.iterations()
        + ",p="
        + cost.lanes()
        + "$"
        + ENCODER.encodeToString(salt)
        + "$"
        + ENCODER.encodeToString(hash);
  }

  /** Whether this is the password's hash; takes the same time wherever they differ. */
  boolean matches(byte[] password, Argon2 argon2) {
    return MessageDigest.isEqual(hash, argon2.hash(cost, salt, password, hash.length));
  }

  /** Nothing that helps to guess the password. */
  @Override
  public String toString() {
    return "PasswordHash[" + cost + "]";
  }
}
