package slipway.bench.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelMatchers;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Bare Netty with the packets of the host: its decoder of lengths, and a handler that answers a
 * packet of type 5000 with the same fields and type 5001, and sends one of type 5004 to all other
 * clients, with type 5005. Arguments: the transport, the number of event loops, and {@code lan},
 * {@code xor2} or {@code chained}.
 */
final class NettyPackets {

  private static final int MAX = 2000;
  private static final int CODE = 0x77;
  private static final int KEY = 0x32;
  private static final int KEY2 = 0x84;
  private static final int ECHO = 5000;
  private static final int PUBLISH = 5004;

  private NettyPackets() {}

  public static void main(String[] arguments) throws Exception {
    Channel listening = bind(arguments[0], Integer.parseInt(arguments[1]), arguments[2]);
    Ready.serveOn(((InetSocketAddress) listening.localAddress()).getPort());
    System.exit(0);
  }

  /** Listens on a free port of the loopback interface. */
  static Channel bind(String transport, int loops, String format) throws InterruptedException {
    Map<EventLoop, ChannelGroup> all = new ConcurrentHashMap<>();
    return NettyEcho.bind(
        transport,
        loops,
        false,
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel client) {
            client.pipeline().addLast(decoder(format), new Answers(format, all));
          }
        });
  }

  private static LengthFieldBasedFrameDecoder decoder(String format) {
    return format.equals("lan")
        ? new LengthFieldBasedFrameDecoder(ByteOrder.LITTLE_ENDIAN, MAX + 2, 0, 2, 0, 0, true)
        : new LengthFieldBasedFrameDecoder(ByteOrder.LITTLE_ENDIAN, MAX + 5, 1, 2, 2, 0, true);
  }

  private static final class Answers extends ChannelInboundHandlerAdapter {
    private final boolean net;
    private final boolean chained;

    /** The clients of each event loop, which alone writes to them. */
    private final Map<EventLoop, ChannelGroup> all;

    private Answers(String format, Map<EventLoop, ChannelGroup> all) {
      net = !format.equals("lan");
      chained = format.equals("chained");
      this.all = all;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      all.computeIfAbsent(context.channel().eventLoop(), DefaultChannelGroup::new)
          .add(context.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf packet = (ByteBuf) message;
      try {
        int header = net ? 5 : 2;
        if (net && (packet.getUnsignedByte(packet.readerIndex()) != CODE || !decode(packet))) {
          context.close();
          return;
        }
        packet.skipBytes(header);
        switch (packet.readUnsignedShortLE()) {
          case ECHO -> echo(context, packet);
          case PUBLISH -> publish(context, packet);
          default -> context.close();
        }
      } finally {
        packet.release();
      }
    }

    private void echo(ChannelHandlerContext context, ByteBuf packet) {
      long account = packet.readLongLE();
      long tick = packet.readLongLE();
      ByteBuf answer = begun(context, ECHO + 1, 16 + packet.readableBytes());
      answer.writeLongLE(account).writeLongLE(tick).writeBytes(packet);
      context.write(ended(answer), context.voidPromise());
    }

    private void publish(ChannelHandlerContext context, ByteBuf packet) {
      int length = packet.readUnsignedShortLE();
      if (length != packet.readableBytes()) {
        context.close();
        return;
      }
      ByteBuf begun = begun(context, PUBLISH + 1, 2 + length);
      ByteBuf published = ended(begun.writeShortLE(length).writeBytes(packet));
      all.forEach((loop, clients) -> send(context.channel(), published, loop, clients));
      published.release();
    }

    /** To the clients of one event loop: a duplicate for each, and one flush of each at the end. */
    private static void send(
        Channel from, ByteBuf published, EventLoop loop, ChannelGroup clients) {
      ByteBuf own = published.retainedDuplicate();
      if (loop == from.eventLoop()) {
        clients.writeAndFlush(own, ChannelMatchers.isNot(from), true);
      } else {
        loop.execute(() -> clients.writeAndFlush(own, ChannelMatchers.all(), true));
      }
    }

    /**
     * A packet up to its type.
     *
     * @param fields length of what is to be written behind the type
     */
    private ByteBuf begun(ChannelHandlerContext context, int type, int fields) {
      ByteBuf packet = context.alloc().buffer((net ? 7 : 4) + fields);
      if (net) {
        packet.writeByte(CODE).writeShortLE(2 + fields).writeShort(0);
      } else {
        packet.writeShortLE(2 + fields);
      }
      return packet.writeShortLE(type);
    }

    private ByteBuf ended(ByteBuf packet) {
      if (net) {
        encode(packet);
      }
      return packet;
    }

    private static int sum(ByteBuf packet, int from, int to) {
      int sum = 0;
      for (int i = from; i < to; i++) {
        sum += packet.getByte(i);
      }
      return sum & 0xff;
    }

    private boolean decode(ByteBuf packet) {
      int from = packet.readerIndex() + 3;
      int to = packet.writerIndex();
      int key = packet.getByte(from);
      if (chained) {
        int before = 0;
        int e = 0;
        for (int i = 1; from + i < to; i++) {
          int sent = packet.getByte(from + i);
          int p = sent ^ (e + KEY + i);
          packet.setByte(from + i, p ^ (before + key + i));
          before = p;
          e = sent;
        }
      } else {
        mask(packet, from + 1, to, key);
      }
      return packet.getUnsignedByte(from + 1) == sum(packet, from + 2, to);
    }

    private void encode(ByteBuf packet) {
      int from = packet.readerIndex() + 3;
      int to = packet.writerIndex();
      int key = ThreadLocalRandom.current().nextInt() & 0xff;
      packet.setByte(from + 1, sum(packet, from + 2, to));
      if (chained) {
        packet.setByte(from, key);
        int p = 0;
        int e = 0;
        for (int i = 1; from + i < to; i++) {
          p = packet.getByte(from + i) ^ (p + key + i);
          e = p ^ (e + KEY + i);
          packet.setByte(from + i, e);
        }
      } else {
        packet.setByte(from, key ^ KEY ^ KEY2);
        mask(packet, from + 1, to, key ^ KEY ^ KEY2);
      }
    }

    private static void mask(ByteBuf packet, int from, int to, int mask) {
      for (int i = from; i < to; i++) {
        packet.setByte(i, packet.getByte(i) ^ mask);
      }
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
}
