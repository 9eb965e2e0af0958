package slipway.server.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether an unknown key is most likely misspelt: it is a known key except for upper and lower
 * case, and at most one letter too many, missing, wrong or swapped with the next.
 */
final class Misspelling {

  private Misspelling() {}

  /** The known key that was most likely meant; empty if it can be any. */
  static Optional<String> meant(String key, Collection<String> known) {
    String lower = key.toLowerCase(Locale.ROOT);
    for (String candidate : known) {
      if (candidate.toLowerCase(Locale.ROOT).equals(lower)) {
        return Optional.of(candidate);
      }
    }
    return known.stream()
        .filter(candidate -> isOneSlip(lower, candidate.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  private static boolean isOneSlip(String one, String other) {
    int shorter = Math.min(one.length(), other.length());
    int start = 0;
    while (start < shorter && one.charAt(start) == other.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
      end++;
    }
    // what is left of both between the same beginning and the same end
    String left = one.substring(start, one.length() - end);
    String right = other.substring(start, other.length() - end);
    return left.length() <= 1 && right.length() <= 1
        || left.length() == 2 && new StringBuilder(left).reverse().toString().equals(right);
  }
}
