package slipway.bots.peer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import slipway.bots.link.Links;
import slipway.bots.link.Target;
import slipway.bots.link.Wire;
import slipway.packet.PacketException;
import slipway.packet.PacketFormat;

/** A server of packets in the test's own process, with one event loop. What it does is a script. */
public final class PacketServer implements AutoCloseable {

  /** What the server does, in its event loop. */
  public interface Script {

    /** A client has come. */
    default void joined(Client client) {}

    /** A packet has come. */
    void packet(Client client, byte[] payload);

    /** A client has sent what is no packet; closes it unless it is told otherwise. */
    default void wrong(Client client) {
      client.close();
    }

    /** A client has gone. */
    default void left(Client client) {}
  }

  /** A client of the server. */
  public final class Client {

    private final Channel channel;

    private Client(Channel channel) {
      this.channel = channel;
    }

    /** Sends a packet. */
    public void send(byte[] payload) {
      send(payload, false);
    }

    /** Sends a packet, perhaps with its last byte changed on the way. */
    public void send(byte[] payload, boolean damaged) {
      ByteBuf packet = channel.alloc().buffer(format.header() + payload.length);
      packet.writerIndex(format.header()).writeBytes(payload);
      format.encode(packet, 0, payload.length);
      if (damaged) {
        int last = packet.writerIndex() - 1;
        packet.setByte(last, packet.getByte(last) ^ 1);
      }
      channel.writeAndFlush(packet);
    }

    /** Does something in the event loop, later. */
    public void later(long millis, Runnable action) {
      var unused = channel.eventLoop().schedule(action, millis, TimeUnit.MILLISECONDS);
    }

    /** Closes the connection. */
    public void close() {
      channel.close();
    }
  }

  private final PacketFormat format;
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listening;

  /** Listens on a free port of the loopback. */
  public PacketServer(PacketFormat format, Script script) {
    this.format = format;
    this.listening =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    Session session = new Session(script, new Client(channel));
                    channel.pipeline().addLast(new Wire(format, session, new Links()));
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  /** Where it listens. */
  public Target target() {
    return new Target("127.0.0.1", ((InetSocketAddress) listening.localAddress()).getPort());
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).syncUninterruptibly();
  }

  private record Session(Script script, Client client) implements Wire.Owner {

    @Override
    public void opened(Wire wire) {
      script.joined(client);
    }

    @Override
    public void packet(Wire wire, ByteBuf bytes, int from, int length) {
      script.packet(client, ByteBufUtil.getBytes(bytes, from, length));
    }

    @Override
    public void batchDone(Wire wire) {}

    @Override
    public void wrong(Wire wire, PacketException why, ByteBuf bytes, int from) {
      script.wrong(client);
    }

    @Override
    public void closed(Wire wire) {
      script.left(client);
    }
  }
}
