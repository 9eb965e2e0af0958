package slipway.service;

import io.netty.channel.Channel;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One accepted client, from accept to close.
 *
 * <p>All methods may be called from any thread. A connection holds a {@link Lease} on its service's
 * version from before {@link Service#attach} until it is closed.
 */
@ProviderType
public interface Connection {

  /** Number of this connection, unique in the life of the host's process, from 1. */
  long id();

  /** Name of the service that serves this connection. */
  String service();

  /** Version of the bundle that serves this connection. */
  String version();

  /** Name of the acceptor that accepted this connection. */
  String acceptor();

  /** Address of the client: {@link Peer#address}. */
  SocketAddress remoteAddress();

  /**
   * The peer at the other end of this connection.
   *
   * @since 1.6
   */
  default Peer peer() {
    return Peer.of(remoteAddress());
  }

  /** When the connection was accepted. */
  Instant since();

  /**
   * What ends the connection's messages, as the client's choice of its service showed it.
   *
   * @return empty if the acceptor fixes the service and no name was sent
   */
  Optional<Delimiter> delimiter();

  /** The connection's channel. Closing it closes the connection and drops what is not sent yet. */
  Channel channel();

  /**
   * Sets the time after which this connection is closed if no byte moves in either direction, in
   * place of its acceptor's: for services whose users may be silent for long. Holds until it is set
   * again, in another version of the service, too.
   *
   * @param timeout the time; zero for never
   */
  void idleTimeout(Duration timeout);

  /**
   * Says whether the service wants to be given what the client sends. While it does not, the host
   * reads nothing, and the client's output piles up at the client. What was read before still
   * comes: be ready for a little more.
   *
   * <p>The host has reasons of its own not to read, such as a client that does not read the
   * answers. They come and go without regard to this one: the connection is read when neither has a
   * reason against it. Ends with the hand-over to another version, which begins as one that is
   * read.
   *
   * <p>Called outside of the event loop, it holds a moment later.
   *
   * @param wanted false to stop reading, true to read again
   * @since 1.6
   */
  default void reads(boolean wanted) {
    channel().config().setAutoRead(wanted);
  }

  /**
   * Closes the connection once all that was written until now has been sent. Handlers of the
   * service, such as encoders, see nothing of it before {@code channelInactive}.
   */
  void finish();

  /**
   * Whether this connection is going to be closed, for code that came too late to be told. A
   * version that is being replaced goes away, though the connection may yet be handed over.
   *
   * @return the latest word; empty if it may stay
   * @since 1.4
   */
  Optional<GoingAway> goingAway();

  /**
   * Keeps this connection's version of the service active until the lease is closed, for work that
   * outlasts the connection.
   *
   * @return a lease of its own, to be closed by the caller
   * @throws IllegalStateException if the connection has been closed already
   */
  Lease retain();
}
