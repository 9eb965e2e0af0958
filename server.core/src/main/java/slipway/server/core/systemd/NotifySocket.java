package slipway.server.core.systemd;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket on which systemd listens, by Netty's epoll transport: Java has no datagrams over Unix
 * sockets. It has an event loop of its own, as none of the host's has to be on epoll.
 *
 * <p>May be used from any thread.
 */
final class NotifySocket implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NotifySocket.class);

  /** A datagram leaves at once or not at all. */
  private static final Duration LEAVES = Duration.ofSeconds(1);

  private final EventLoopGroup loop;
  private final Channel channel;

  private NotifySocket(EventLoopGroup loop, Channel channel) {
    this.loop = loop;
    this.channel = channel;
  }

  /**
   * Connects: a datagram of a channel that is not connected would not leave.
   *
   * @param address a path, or {@code @} and the name of an abstract socket, as in {@code
   *     NOTIFY_SOCKET}
   * @throws IOException if there is no epoll here, the address is of another kind, or nobody
   *     listens there
   */
  static NotifySocket connect(String address) throws IOException {
    if (!address.startsWith("/") && !address.startsWith("@")) {
      throw new IOException(address + " is neither a path nor @ and a name");
    }
    String missing = missing();
    if (!missing.isEmpty()) {
      throw new IOException("epoll, which it needs, is not available here: " + missing);
    }
    EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("slipway-notify", true), EpollIoHandler.newFactory());
    try {
      Channel channel =
          new Bootstrap()
              .group(loop)
              .channel(EpollDomainDatagramChannel.class)
              .handler(new ChannelInboundHandlerAdapter())
              .connect(new DomainSocketAddress(name(address)))
              .syncUninterruptibly()
              .channel();
      return new NotifySocket(loop, channel);
    } catch (Exception refused) { // Netty throws what is not declared
      end(loop);
      throw new IOException(address + " cannot be reached: " + refused.getMessage(), refused);
    }
  }

  /** The system knows an abstract name by a first byte that is zero. */
  static String name(String address) {
    return address.startsWith("@") ? '\0' + address.substring(1) : address;
  }

  /** Why there is no epoll; empty if there is. */
  private static String missing() {
    try {
      Throwable cause = Epoll.unavailabilityCause();
      return cause == null ? "" : String.valueOf(cause.getMessage());
    } catch (LinkageError absent) { // its bundle is not installed
      return absent.toString();
    }
  }

  /** Sends one message, and waits a moment until it has left; one that does not is logged. */
  void send(String message) {
    ChannelFuture sent =
        channel.writeAndFlush(Unpooled.copiedBuffer(message, StandardCharsets.UTF_8));
    sent.awaitUninterruptibly(LEAVES.toNanos(), NANOSECONDS);
    if (!sent.isSuccess()) {
      LOG.warn(
          "systemd could not be told: {}", sent.cause() == null ? "" : sent.cause().toString());
    }
  }

  @Override
  public void close() {
    channel.close().awaitUninterruptibly(LEAVES.toNanos(), NANOSECONDS);
    end(loop);
  }

  private static void end(EventLoopGroup loop) {
    loop.shutdownGracefully(0, LEAVES.toNanos(), NANOSECONDS)
        .awaitUninterruptibly(LEAVES.toNanos(), NANOSECONDS);
  }
}
