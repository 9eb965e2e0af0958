package slipway.server.core.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import slipway.meter.Histogram;
import slipway.net.Closing;

/**
 * Counts connections as they come and go, and adds up what those carried that are gone. Nothing of
 * it happens for a message: what an open connection carries is in its head alone.
 *
 * <p>Keys are names of acceptors and of services that have served, never what a client sent. Counts
 * are made in event loops and read in any thread; no lock is held for longer than an addition.
 */
final class Totals {

  /** From the accept to the service's handlers. */
  private static final Duration[] DISPATCH = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  /** From the accept to the end. */
  private static final Duration[] LIFE = {
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(10),
    Duration.ofHours(1),
    Duration.ofHours(6),
    Duration.ofDays(1)
  };

  /** An acceptor and a service; that is empty for connections that had none. */
  record Place(String acceptor, String service) {}

  /** Connections of a place that have ended in one way. */
  record Ended(Place place, Closing why) {}

  /** Clients of an acceptor that were refused for one reason. */
  record Turned(String acceptor, Refused why) {}

  /** What connections have carried. */
  record Bytes(long in, long out) {
    Bytes plus(Bytes other) {
      return new Bytes(in + other.in, out + other.out);
    }
  }

  private final Map<String, LongAdder> accepted = new ConcurrentHashMap<>();
  private final Map<Turned, LongAdder> refused = new ConcurrentHashMap<>();
  private final Map<Ended, LongAdder> ended = new ConcurrentHashMap<>();
  private final Map<Place, Bytes> carried = new ConcurrentHashMap<>();
  private final Map<String, Histogram> dispatchTimes = new ConcurrentHashMap<>();
  private final Map<String, Histogram> lives = new ConcurrentHashMap<>();

  void accepted(HostedConnection connection) {
    accepted.computeIfAbsent(connection.acceptor(), key -> new LongAdder()).increment();
  }

  void refused(HostedConnection connection, Refused why) {
    refused
        .computeIfAbsent(new Turned(connection.acceptor(), why), key -> new LongAdder())
        .increment();
  }

  /** Its service has got it. */
  void dispatched(HostedConnection connection) {
    dispatchTimes
        .computeIfAbsent(connection.service(), key -> Histogram.ofTimes(DISPATCH))
        .record(age(connection));
  }

  /** It is over, and not among the open ones any more: nobody adds up what it carried twice. */
  void closed(HostedConnection connection, Closing why) {
    Place place = new Place(connection.acceptor(), connection.service());
    ended.computeIfAbsent(new Ended(place, why), key -> new LongAdder()).increment();
    carried.merge(
        place, new Bytes(connection.head().bytesIn(), connection.head().bytesOut()), Bytes::plus);
    lives
        .computeIfAbsent(connection.service(), key -> Histogram.ofTimes(LIFE))
        .record(age(connection));
  }

  private static long age(HostedConnection connection) {
    return Duration.between(connection.since(), Instant.now()).toNanos();
  }

  /** By acceptor. */
  Map<String, LongAdder> accepted() {
    return accepted;
  }

  Map<Turned, LongAdder> refused() {
    return refused;
  }

  Map<Ended, LongAdder> ended() {
    return ended;
  }

  /** What connections have carried that are closed. */
  Map<Place, Bytes> carried() {
    return carried;
  }

  /** By service. */
  Map<String, Histogram> dispatchTimes() {
    return dispatchTimes;
  }

  /** By service. */
  Map<String, Histogram> lives() {
    return lives;
  }
}
