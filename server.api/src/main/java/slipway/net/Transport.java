package slipway.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.osgi.annotation.versioning.ProviderType;

/** The host's event loops and the kinds of channel that run on them. */
@ProviderType
public interface Transport {

  /** For TCP. */
  EventLoops tcp();

  /** For Unix domain sockets; these may be other event loops, if those for TCP fall short. */
  EventLoops unix();

  /**
   * For the Unix domain sockets of operators: no code of a service runs on these event loops, so
   * operators are served no matter what a service does.
   */
  EventLoops operators();

  /** The channel for UDP datagrams, which runs on the event loops that accept TCP. */
  Class<? extends Channel> datagram();

  /**
   * The channel that connects to others over TCP, which runs on the event loops of {@link #tcp}.
   */
  Class<? extends Channel> client();

  /**
   * The address of a Unix domain socket, in the form that {@link #unix} binds to.
   *
   * @param path path of the socket; a relative one counts from the working directory
   */
  SocketAddress unixAddress(Path path);

  /**
   * The option of listening TCP channels with which two channels of this process may hold one port
   * while the second replaces the first; to be set on both, and only for that moment. A channel
   * that knows no such option ignores it.
   */
  ChannelOption<Boolean> sharedPort();

  /**
   * The number of a channel's file descriptor.
   *
   * @return empty if the channel does not tell it
   */
  OptionalInt descriptor(Channel channel);

  /**
   * Event loops and the channel that listens on them. They are the host's, and only the host shuts
   * them down.
   *
   * @param name what they wait with: {@code io_uring}, {@code epoll} or {@code nio}
   * @param accepting where clients are accepted: nothing may run there that could block
   * @param group where connections are
   * @param server the channel that listens
   */
  record EventLoops(
      String name,
      EventLoopGroup accepting,
      EventLoopGroup group,
      Class<? extends ServerChannel> server) {}
}
