package slipway.server.core.connection;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import slipway.meter.Histogram;

/**
 * Counts attempts to move connections from version to version, and how long those were not served
 * that were moved. Counts are made in event loops, and read in any thread.
 */
final class HandOffCounts {

  /** What has become of an attempt. */
  enum Outcome {
    /** Another version has the connection. */
    MOVED,
    /** It stays with its version, for now. */
    STAYED,
    /** It was closed meanwhile. */
    CLOSED;

    /** As a label has it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Attempts of a service that have come to one end. */
  record Attempts(String service, Outcome outcome) {}

  private final Map<Attempts, LongAdder> attempts = new ConcurrentHashMap<>();
  private final Map<String, Histogram> pauses = new ConcurrentHashMap<>();

  void ended(HostedConnection connection, Outcome outcome) {
    attempts
        .computeIfAbsent(new Attempts(connection.service(), outcome), key -> new LongAdder())
        .increment();
  }

  /**
   * A connection is served again.
   *
   * @param nanos how long what the client sent was kept back
   */
  void paused(HostedConnection connection, long nanos) {
    pauses.computeIfAbsent(connection.service(), key -> Histogram.ofTimes()).record(nanos);
  }

  Map<Attempts, LongAdder> attempts() {
    return attempts;
  }

  /** By service. */
  Map<String, Histogram> pauses() {
    return pauses;
  }
}
