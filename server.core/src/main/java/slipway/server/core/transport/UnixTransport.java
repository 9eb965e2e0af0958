package slipway.server.core.transport;

import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What Unix domain sockets can run on: a client may end its output there and still read the reply.
 * Netty's io_uring closes such a connection.
 */
enum UnixTransport {
  EPOLL(
      TransportKind.EPOLL,
      EpollServerDomainSocketChannel.class,
      path -> new DomainSocketAddress(path.toString())),
  NIO(TransportKind.NIO, HalfOpenUnixServer.class, UnixDomainSocketAddress::of);

  final TransportKind kind;
  final Class<? extends ServerChannel> server;
  final Function<Path, SocketAddress> address;

  UnixTransport(
      TransportKind kind,
      Class<? extends ServerChannel> server,
      Function<Path, SocketAddress> address) {
    this.kind = kind;
    this.server = server;
    this.address = address;
  }

  /** The best one that runs here; if TCP runs on NIO, nothing native is loaded for this. */
  static UnixTransport beside(TransportKind tcp) {
    return tcp == TransportKind.NIO || EPOLL.kind.unavailable() != null ? NIO : EPOLL;
  }
}
