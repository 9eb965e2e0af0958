package slipway.net;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import slipway.service.Connection;

/**
 * Hears what becomes of connections; limits and counters live on it. Registered as a service.
 *
 * <pre>
 *  opened ──▶ dispatched ──▶ closed
 *     └─────▶ refused ─────▶ closed
 * </pre>
 *
 * <p>{@link #opened} and {@link #closed} come in pairs: each is called once for a connection, or
 * neither is, as for a connection that was there before the listener. A connection whose stages do
 * not let it through is not opened; if it is told why, that is one {@link #refused} without the two
 * others.
 *
 * <p>All methods are called in the connection's event loop, by several of them at once for
 * different connections. They must not block. What they throw is logged, and has no other effect.
 */
@ConsumerType
public interface ConnectionListener {

  /**
   * A client has come and has passed the stages, so {@link Connection#peer} has what they know. All
   * listeners are asked, even if one has already refused the connection.
   *
   * @return a line that tells the client why it is refused; empty to let it in
   */
  default Optional<String> opened(Connection connection) {
    return Optional.empty();
  }

  /**
   * The client is told that it is not served: because a listener or a stage refuses it, or because
   * there is no such service.
   *
   * @param reason what it is told
   */
  default void refused(Connection connection, String reason) {}

  /** A service has got the connection. Not called again when it is handed over. */
  default void dispatched(Connection connection) {}

  /** The connection is closed. It still knows its service. */
  default void closed(Connection connection, Closing why) {}
}
