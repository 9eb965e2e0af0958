package slipway.server.acceptor;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import slipway.net.Transport;

/** The event loops that every JDK has. */
final class NioTransport implements Transport, AutoCloseable {

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

  private final EventLoopGroup operators =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @Override
  public EventLoops tcp() {
    return new EventLoops("nio", loops, loops, NioServerSocketChannel.class);
  }

  @Override
  public EventLoops unix() {
    return new EventLoops("nio", loops, loops, NioServerDomainSocketChannel.class);
  }

  @Override
  public EventLoops operators() {
    return new EventLoops("nio", operators, operators, NioServerDomainSocketChannel.class);
  }

  @Override
  public Class<? extends Channel> client() {
    return NioSocketChannel.class;
  }

  @Override
  public Class<? extends Channel> datagram() {
    return NioDatagramChannel.class;
  }

  @Override
  public ChannelOption<Boolean> sharedPort() {
    return NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);
  }

  @Override
  public OptionalInt descriptor(Channel channel) {
    return OptionalInt.empty();
  }

  @Override
  public SocketAddress unixAddress(Path path) {
    return UnixDomainSocketAddress.of(path);
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    operators.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
