package slipway.packet;

import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.Durations;

/**
 * The times in which a server is away: logged when one begins, when the reason becomes another, and
 * when it ends, however often the server is tried. Confined to the event loop.
 */
final class ServerOutage {

  private static final Logger LOG = LoggerFactory.getLogger(ServerOutage.class);

  private final String server;

  /** Null while the server is there, or was not tried. */
  private String reason;

  private long since;

  ServerOutage(String server) {
    this.server = server;
  }

  /** Why the server is away; null if it is not. */
  String reason() {
    return reason;
  }

  /**
   * The server was lost, or tried without success.
   *
   * @param why one line
   * @param now in nanoseconds
   */
  void away(String why, long now) {
    if (reason == null) {
      since = now;
    }
    if (!Objects.equals(why, reason)) {
      reason = why;
      LOG.warn("the packet server {} is away: {}; it is tried again until it is back", server, why);
    }
  }

  /** The server is there. */
  void end(long now) {
    if (reason != null) {
      reason = null;
      LOG.info(
          "the packet server {} is back after {}",
          server,
          Durations.format(Duration.ofNanos(now - since)));
    }
  }
}
