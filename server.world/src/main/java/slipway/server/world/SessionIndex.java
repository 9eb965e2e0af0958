package slipway.server.world;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of a service, by what they are found by: the numbers of their connections, and the
 * tokens with which their peers come back.
 *
 * <p>May be used from any thread.
 */
final class SessionIndex {

  private final Tokens tokens = new Tokens();

  /**
   * An attribute of a connection would be cleared when another version takes it up, if by then a
   * world has not let the one before go.
   */
  private final Map<Long, HostSession> connected = new ConcurrentHashMap<>();

  /** With which peers come back. */
  Tokens tokens() {
    return tokens;
  }

  /** A session has a connection, which is not closed before this is called. */
  void connected(long connection, HostSession session) {
    connected.put(connection, session);
  }

  /** A connection is closed. */
  void closed(long connection) {
    connected.remove(connection);
  }

  /** The session of an open connection; null if it has none. */
  HostSession of(long connection) {
    return connected.get(connection);
  }
}
