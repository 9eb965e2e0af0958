package slipway.server.core.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.StandardSocketOptions;
import java.util.function.Supplier;

/** The kinds of event loop that Netty has, the best one first. */
enum TransportKind {
  IO_URING(
      IoUring::unavailabilityCause,
      IoUringIoHandler::newFactory,
      IoUringServerSocketChannel.class,
      IoUringSocketChannel.class,
      IoUringDatagramChannel.class,
      UnixChannelOption.SO_REUSEPORT),
  EPOLL(
      Epoll::unavailabilityCause,
      EpollIoHandler::newFactory,
      EpollServerSocketChannel.class,
      EpollSocketChannel.class,
      EpollDatagramChannel.class,
      UnixChannelOption.SO_REUSEPORT),
  NIO(
      () -> null,
      NioIoHandler::newFactory,
      NioServerSocketChannel.class,
      NioSocketChannel.class,
      NioDatagramChannel.class,
      NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT));

  private final Supplier<Throwable> unavailable;
  private final Supplier<IoHandlerFactory> handlers;
  final Class<? extends ServerChannel> tcpServer;
  final Class<? extends Channel> tcpClient;
  final Class<? extends Channel> datagram;
  final ChannelOption<Boolean> sharedPort;

  TransportKind(
      Supplier<Throwable> unavailable,
      Supplier<IoHandlerFactory> handlers,
      Class<? extends ServerChannel> tcpServer,
      Class<? extends Channel> tcpClient,
      Class<? extends Channel> datagram,
      ChannelOption<Boolean> sharedPort) {
    this.unavailable = unavailable;
    this.handlers = handlers;
    this.tcpServer = tcpServer;
    this.tcpClient = tcpClient;
    this.datagram = datagram;
    this.sharedPort = sharedPort;
  }

  /** Why this machine cannot run it; null if it can. */
  Throwable unavailable() {
    try {
      return unavailable.get();
    } catch (LinkageError missing) { // its bundle is not installed, or not for this machine
      return missing;
    }
  }

  IoHandlerFactory newHandlers() {
    return handlers.get();
  }

  /** What a channel holds of its registration with one of the handlers. */
  IoRegistration kept(IoRegistration registration) {
    return this == EPOLL ? new EpollRegistration(registration) : registration;
  }
}
