package slipway.account;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a name looks like, by the host's tables of Unicode. Immutable.
 *
 * @param forms names that share one of these look alike; those of one name may be others on another
 *     host, or after an update
 * @param flaw why new accounts do not get such a name, one line for a user; empty if its letters
 *     are those of new names
 */
public record Look(Set<String> forms, Optional<String> flaw) {

  /** Checks that neither is null. */
  public Look {
    forms = Set.copyOf(forms);
    Objects.requireNonNull(flaw, "flaw");
  }
}
