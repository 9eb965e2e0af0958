package slipway.server.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import slipway.server.account.password.Comparison;
import slipway.server.account.password.HashCost;

/**
 * What stored hashes cost. The table is asked at the first use, and from time to time while there
 * is more than one cost, as hashes are made again when their users log in. In the accounts' thread.
 */
final class CostsInUse {

  private static final Duration AGE = Duration.ofMinutes(10);

  private final Store store;
  private final Clock clock;
  private final Set<HashCost> known = new HashSet<>();
  private Instant read = Instant.MIN;

  CostsInUse(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** How passwords are compared now; the cost of new hashes is always one of those in use. */
  CompletableFuture<Comparison> comparison(HashCost configured) {
    known.add(configured);
    boolean isDue = read == Instant.MIN || known.size() > 1 && isOld();
    if (!isDue) {
      return CompletableFuture.completedFuture(comparison());
    }
    return store
        .read(AccountTable::costs)
        .thenApply(
            stored -> {
              read = clock.instant();
              known.clear();
              known.addAll(stored);
              known.add(configured);
              return comparison();
            });
  }

  /**
   * A stored hash of a cost was met, such as one that another host on the database has made.
   *
   * @return how passwords are compared from then on
   */
  Comparison met(HashCost cost) {
    known.add(cost);
    return comparison();
  }

  private boolean isOld() {
    return !clock.instant().isBefore(read.plus(AGE));
  }

  private Comparison comparison() {
    return new Comparison(Set.copyOf(known));
  }
}
