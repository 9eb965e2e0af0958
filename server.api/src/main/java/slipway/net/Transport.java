package slipway.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.net.SocketAddress;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** The host's event loops and the kinds of channel that run on them. */
@ProviderType
public interface Transport {

  /** What the event loops wait with: {@code io_uring}, {@code epoll} or {@code nio}. */
  String name();

  /** The event loops. They are the host's: nobody else shuts them down. */
  EventLoopGroup eventLoops();

  /** The channel that listens on TCP. */
  Class<? extends ServerChannel> tcpServer();

  /** The channel that listens on a Unix domain socket. */
  Class<? extends ServerChannel> unixServer();

  /** The channel for UDP datagrams. */
  Class<? extends Channel> datagram();

  /**
   * The address of a Unix domain socket, in the form that {@link #unixServer} binds to.
   *
   * @param path path of the socket; a relative one counts from the working directory
   */
  SocketAddress unixAddress(Path path);
}
