package slipway.bench.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Bare Netty with the packets of the host: its decoder of lengths, and a handler that answers a
 * packet of type 5000 with the same fields and type 5001. Arguments: the transport, the number of
 * event loops, and {@code lan}, {@code xor2} or {@code chained}.
 */
final class NettyPackets {

  private static final int MAX = 2000;
  private static final int CODE = 0x77;
  private static final int KEY = 0x32;
  private static final int KEY2 = 0x84;
  private static final int ECHO = 5000;

  private NettyPackets() {}

  public static void main(String[] arguments) throws Exception {
    Channel listening = bind(arguments[0], Integer.parseInt(arguments[1]), arguments[2]);
    Ready.serveOn(((InetSocketAddress) listening.localAddress()).getPort());
    System.exit(0);
  }

  /** Listens on a free port of the loopback interface. */
  static Channel bind(String transport, int loops, String format) throws InterruptedException {
    return NettyEcho.bind(
        transport,
        loops,
        false,
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel client) {
            client.pipeline().addLast(decoder(format), new Echo(format));
          }
        });
  }

  private static LengthFieldBasedFrameDecoder decoder(String format) {
    return format.equals("lan")
        ? new LengthFieldBasedFrameDecoder(ByteOrder.LITTLE_ENDIAN, MAX + 2, 0, 2, 0, 0, true)
        : new LengthFieldBasedFrameDecoder(ByteOrder.LITTLE_ENDIAN, MAX + 5, 1, 2, 2, 0, true);
  }

  private static final class Echo extends ChannelInboundHandlerAdapter {
    private final boolean net;
    private final boolean chained;

    private Echo(String format) {
      net = !format.equals("lan");
      chained = format.equals("chained");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf packet = (ByteBuf) message;
      int header = net ? 5 : 2;
      int length = packet.readableBytes() - header;
      if (net && (packet.getUnsignedByte(packet.readerIndex()) != CODE || !decode(packet))) {
        packet.release();
        context.close();
        return;
      }
      packet.skipBytes(header);
      int type = packet.readUnsignedShortLE();
      long account = packet.readLongLE();
      long tick = packet.readLongLE();
      if (type != ECHO) {
        packet.release();
        context.close();
        return;
      }
      ByteBuf answer = context.alloc().buffer(header + length);
      if (net) {
        answer.writeByte(CODE).writeShortLE(length).writeShort(0);
      } else {
        answer.writeShortLE(length);
      }
      answer.writeShortLE(ECHO + 1).writeLongLE(account).writeLongLE(tick).writeBytes(packet);
      packet.release();
      if (net) {
        encode(answer);
      }
      context.write(answer, context.voidPromise());
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
