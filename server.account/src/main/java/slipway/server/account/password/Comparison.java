package slipway.server.account.password;

import java.util.Optional;
import java.util.Set;

/**
 * How passwords are compared: whatever is wrong takes the same work.
 *
 * <p>After a change of what hashes cost, old ones cost something else than new ones. A comparison
 * that fails therefore takes one hash of each cost that is in use, whichever the stored one has,
 * and so does one for a name that is not there: the time does not reveal which names exist. A
 * log-in whose old hash is made again costs the same.
 *
 * @param costs all that are in use
 */
public record Comparison(Set<HashCost> costs) {

  /**
   * The form of a password that a stored hash is of.
   *
   * @param stored whose cost is one of those in use
   */
  public Optional<byte[]> matching(PasswordHash stored, Secret password, Argon2 argon2) {
    for (byte[] form : password.forms()) {
      if (stored.matches(form, argon2)) {
        return Optional.of(form);
      }
      for (HashCost other : costs) {
        if (!other.equals(stored.cost())) {
          PasswordHash.waste(form, other, argon2);
        }
      }
    }
    return Optional.empty();
  }

  /** Does the work of a comparison that fails. */
  public void waste(Secret password, Argon2 argon2) {
    for (byte[] form : password.forms()) {
      for (HashCost cost : costs) {
        PasswordHash.waste(form, cost, argon2);
      }
    }
  }
}
