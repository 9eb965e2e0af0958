package slipway.account;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A user, as known when it was read.
 *
 * @param id number that is never given again
 * @param name the name, as it was registered
 * @param role what the user may do
 * @param created when it was registered
 * @param seen when the user last logged in; empty if never
 * @param ban the ban that holds, or has ended; empty if there is none
 */
public record Account(
    long id,
    AccountName name,
    Role role,
    Instant created,
    Optional<Instant> seen,
    Optional<Ban> ban) {

  /** Checks that nothing is null. */
  public Account {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(seen, "seen");
    Objects.requireNonNull(ban, "ban");
  }

  /** The ban that keeps this user out at that time. */
  public Optional<Ban> banAt(Instant time) {
    return ban.filter(held -> held.until().isAfter(time));
  }
}
