package slipway.service;

import java.net.SocketAddress;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The peer at the other end of a connection, as far as it is known: the stages of the acceptor may
 * tell more than the socket does.
 *
 * @param address address of the client: what a proxy in between has told, or else that of the
 *     socket
 * @param socket address at the other end of the socket: the client's, or the proxy's
 * @param tls what was agreed with the client if the acceptor speaks TLS; empty if it does not, or
 *     if a proxy ends TLS
 * @since 1.6
 */
@ProviderType
public record Peer(SocketAddress address, SocketAddress socket, Optional<SSLSession> tls) {

  /**
   * Makes one.
   *
   * @param address null if the system does not tell it
   * @param socket null if the system does not tell it
   */
  public Peer {
    Objects.requireNonNull(tls);
  }

  /** A peer of which only the socket is known. */
  public static Peer of(SocketAddress socket) {
    return new Peer(socket, socket, Optional.empty());
  }

  /** The same with another address of the client. */
  public Peer at(SocketAddress real) {
    return new Peer(real, socket, tls);
  }

  /** The same over TLS. */
  public Peer over(SSLSession session) {
    return new Peer(address, socket, Optional.of(session));
  }
}
