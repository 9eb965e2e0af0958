package slipway.bench.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Bare Netty: one handler, with the event loops and socket options of the host. Arguments: the
 * transport, the number of event loops, {@code named} if a client's first message is a line that is
 * answered with itself, as the host's dispatch does, and {@code apart} if one more event loop
 * accepts the clients, as in the host.
 */
final class NettyEcho {

  private static final ChannelHandler ECHO = new Echo();

  private NettyEcho() {}

  public static void main(String[] arguments) throws Exception {
    List<String> ways = List.of(arguments).subList(2, arguments.length);
    int loops = Integer.parseInt(arguments[1]);
    Channel listening = bind(arguments[0], loops, ways.contains("named"), ways.contains("apart"));
    Ready.serveOn(((InetSocketAddress) listening.localAddress()).getPort());
    System.exit(0);
  }

  /** Listens on a free port of the loopback interface. */
  static Channel bind(String transport, int loops, boolean named, boolean apart)
      throws InterruptedException {
    return bind(
        transport,
        loops,
        apart,
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel client) {
            client.pipeline().addLast(named ? new Name() : ECHO);
          }
        });
  }

  /** Listens on a free port of the loopback interface, for clients of any kind. */
  static Channel bind(String transport, int loops, boolean apart, ChannelHandler clients)
      throws InterruptedException {
    EventLoopGroup serving = group(transport, loops);
    return new ServerBootstrap()
        .group(apart ? group(transport, 1) : serving, serving)
        .channel(server(transport))
        .option(ChannelOption.SO_BACKLOG, 1024)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childHandler(clients)
        .bind(InetAddress.getLoopbackAddress(), 0)
        .sync()
        .channel();
  }

  private static EventLoopGroup group(String transport, int loops) {
    return new MultiThreadIoEventLoopGroup(loops, handlers(transport));
  }

  private static IoHandlerFactory handlers(String transport) {
    return switch (transport) {
      case "io_uring" -> IoUringIoHandler.newFactory();
      case "epoll" -> EpollIoHandler.newFactory();
      default -> NioIoHandler.newFactory();
    };
  }

  private static Class<? extends ServerChannel> server(String transport) {
    return switch (transport) {
      case "io_uring" -> IoUringServerSocketChannel.class;
      case "epoll" -> EpollServerSocketChannel.class;
      default -> NioServerSocketChannel.class;
    };
  }

  @ChannelHandler.Sharable
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.write(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  /** Takes the bench's word that the line comes in one piece, and nothing with it. */
  private static final class Name extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf line = (ByteBuf) message;
      if (line.getByte(line.writerIndex() - 1) == '\n') {
        context.writeAndFlush(line);
        context.pipeline().replace(this, null, ECHO);
      } else {
        line.release();
        context.close();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
