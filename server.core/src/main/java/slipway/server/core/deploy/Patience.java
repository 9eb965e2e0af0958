package slipway.server.core.deploy;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import slipway.admin.AdminException;
import slipway.config.Durations;
import slipway.server.core.life.Awaited;

/**
 * Waits for what an operator has asked for, and says what that waits for. It may take as long as
 * all that it was seen to wait for may take by configuration, and {@link #MARGIN} more.
 *
 * <p>Used in the operator's thread.
 */
final class Patience {

  /** For what has no timeout of its own: reading, installing, and a busy machine. */
  static final Duration MARGIN = Duration.ofSeconds(60);

  /** How often it is looked what is waited for. */
  private static final Duration LOOK = Duration.ofMillis(200);

  private static final Awaited INSTALLATION = new Awaited("it to be installed", Duration.ZERO);

  private final LongSupplier nanos;
  private final Duration look;

  Patience() {
    this(System::nanoTime, LOOK);
  }

  Patience(LongSupplier nanos, Duration look) {
    this.nanos = nanos;
    this.look = look;
  }

  /**
   * Waits for an outcome.
   *
   * @param what what is being done, for the message when it takes too long
   * @param outcome what is waited for; goes on whatever comes of the wait
   * @param awaited what it waits for now; empty for the host alone
   * @param told told that each time it changes
   * @param where where an operator sees how it ended
   * @throws AdminException if it has failed, or takes too long
   * @throws InterruptedException if interrupted
   */
  <T> T await(
      String what,
      CompletableFuture<T> outcome,
      Supplier<Optional<Awaited>> awaited,
      Consumer<String> told,
      String where)
      throws AdminException, InterruptedException {
    long begun = nanos.getAsLong();
    Set<String> seen = new HashSet<>();
    Duration allowed = MARGIN;
    String last = "";
    while (true) {
      Awaited now = awaited.get().orElse(INSTALLATION);
      if (!now.what().equals(last)) {
        last = now.what();
        told.accept(last);
      }
      if (seen.add(last)) {
        allowed = allowed.plus(now.limit());
      }
      try {
        return outcome.get(look.toNanos(), NANOSECONDS);
      } catch (ExecutionException failed) {
        throw ServiceFolder.refusal(failed.getCause());
      } catch (TimeoutException notYet) {
        Duration waited = Duration.ofNanos(nanos.getAsLong() - begun);
        if (waited.compareTo(allowed) > 0) {
          throw new AdminException(
              what
                  + " has not ended within "
                  + Durations.format(Duration.ofSeconds(waited.toSeconds()))
                  + ": it waits for "
                  + last
                  + "; it continues, and "
                  + where
                  + " shows how it ends",
              notYet);
        }
      }
    }
  }
}
