package slipway.packet;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * How a {@link PacketClient} speaks with its server. Immutable.
 *
 * @param server its address; a name is looked up anew for each connection if it is unresolved
 * @param format of the packets
 * @param connectTimeout how long making a connection may take; 1 ms to a day
 * @param shortestPause how long to wait before the server is tried again, at first; twice as long
 *     each time after that; 1 ms or more
 * @param longestPause up to this; a day or less
 * @param heartbeat how long the server may send nothing before its connection is taken for lost;
 *     zero for as long as it likes; 365 days or less
 * @param outboxLimit bytes that may wait for a server that does not read, beyond what its channel
 *     takes; no more is taken then
 */
public record PacketClientSettings(
    InetSocketAddress server,
    PacketFormat format,
    Duration connectTimeout,
    Duration shortestPause,
    Duration longestPause,
    Duration heartbeat,
    int outboxLimit) {

  private static final Duration USUAL_CONNECT = Duration.ofSeconds(5);
  private static final Duration USUAL_SHORTEST = Duration.ofMillis(100);
  private static final Duration USUAL_LONGEST = Duration.ofSeconds(30);
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /**
   * Checks that a client can do so.
   *
   * @throws IllegalArgumentException if it cannot; says which value is wrong, and what is allowed
   */
  public PacketClientSettings {
    Objects.requireNonNull(server);
    Objects.requireNonNull(format);
    Bounds.range("connectTimeout", connectTimeout, LEAST, LONGEST_WAIT);
    Bounds.range("shortestPause", shortestPause, LEAST, LONGEST_WAIT);
    Bounds.range("longestPause", longestPause, shortestPause, LONGEST_WAIT);
    Bounds.silence("heartbeat", heartbeat);
    Bounds.least("outboxLimit", outboxLimit, PacketSettings.LEAST_OUTBOX);
  }

  /** The usual: a lost server is tried again after 0.1 s, and at last each 30 s. */
  public static PacketClientSettings usual(InetSocketAddress server, PacketFormat format) {
    return new PacketClientSettings(
        server,
        format,
        USUAL_CONNECT,
        USUAL_SHORTEST,
        USUAL_LONGEST,
        Duration.ZERO,
        PacketSettings.USUAL_OUTBOX);
  }

  /** The same with other pauses between tries. */
  public PacketClientSettings withPauses(Duration shortest, Duration longest) {
    return new PacketClientSettings(
        server, format, connectTimeout, shortest, longest, heartbeat, outboxLimit);
  }

  /** The same with another limit of the server's silence. */
  public PacketClientSettings withHeartbeat(Duration silence) {
    return new PacketClientSettings(
        server, format, connectTimeout, shortestPause, longestPause, silence, outboxLimit);
  }

  /** The same with another limit of what may wait. */
  public PacketClientSettings withOutboxLimit(int bytes) {
    return new PacketClientSettings(
        server, format, connectTimeout, shortestPause, longestPause, heartbeat, bytes);
  }
}
