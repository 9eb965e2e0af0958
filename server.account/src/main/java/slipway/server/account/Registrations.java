package slipway.server.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import slipway.account.Network;
import slipway.account.Origin;

/**
 * Names that addresses have registered in a while. One counts from before it is made, so that those
 * that come together are limited like those that come one by one. In the accounts' thread.
 */
final class Registrations {

  /** Addresses that are remembered; the oldest are forgotten first. */
  private static final int MOST_REMEMBERED = 50_000;

  private final Clock clock;
  private final Map<Network, Deque<Instant>> made = new LinkedHashMap<>();

  Registrations(Clock clock) {
    this.clock = clock;
  }

  /** Counts one; false, and not counted, if the address has as many as it may. */
  boolean begin(Origin origin, int most, Duration window) {
    Network network = origin.network().orElse(null);
    if (network == null) {
      return true;
    }
    Deque<Instant> times = made.getOrDefault(network, new ArrayDeque<>());
    Instant now = clock.instant();
    while (!times.isEmpty() && !times.peek().plus(window).isAfter(now)) {
      times.poll();
    }
    if (times.size() >= most) {
      return false;
    }
    times.add(now);
    made.remove(network);
    made.put(network, times);
    if (made.size() > MOST_REMEMBERED) {
      made.remove(made.keySet().iterator().next());
    }
    return true;
  }

  /** One that was counted did not become an account. */
  void giveBack(Origin origin) {
    origin
        .network()
        .ifPresent(
            network ->
                made.computeIfPresent(
                    network,
                    (same, times) -> {
                      times.pollLast();
                      return times.isEmpty() ? null : times;
                    }));
  }
}
