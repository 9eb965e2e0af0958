package slipway.bots.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import slipway.packet.PacketException;
import slipway.packet.PacketFormat;

/**
 * One connection on which packets come: cuts them out of the stream of bytes, takes the disguise
 * off where they lie, and gives them to its owner. Confined to its event loop.
 *
 * <pre>
 *   made ──▸ open ──┬──▸ closed by the server
 *                   └──▸ closed by the bot: the owner hears of no packet from here on
 * </pre>
 */
public final class Wire extends ByteToMessageDecoder {

  /** Whose connection it is. Called in the event loop. */
  public interface Owner {

    /** The connection is made. */
    void opened(Wire wire);

    /**
     * A packet has come.
     *
     * @param bytes valid within this call
     * @param from index of its payload
     * @param length of its payload in bytes
     */
    void packet(Wire wire, ByteBuf bytes, int from, int length);

    /** All packets have been given that came together. */
    void batchDone(Wire wire);

    /**
     * What has come is no packet, and nothing after it can be told apart.
     *
     * @param bytes valid within this call
     * @param from index of what should be a packet
     */
    void wrong(Wire wire, PacketException why, ByteBuf bytes, int from);

    /** The connection is over. */
    void closed(Wire wire);
  }

  private final PacketFormat format;
  private final Owner owner;
  private final Links links;
  private Channel channel;
  private boolean closedHere;

  /** A connection to be made by a {@link Dialer}. */
  public Wire(PacketFormat format, Owner owner, Links links) {
    this.format = format;
    this.owner = owner;
    this.links = links;
  }

  /** Sends bytes, whose owner this becomes. */
  public void send(ByteBuf bytes) {
    channel.writeAndFlush(bytes, channel.voidPromise());
  }

  /** Whether the system takes bytes as fast as they are sent. */
  public boolean isWritable() {
    return channel.isWritable();
  }

  /** Where to get the bytes that are sent. */
  public ByteBuf buffer(int capacity) {
    return channel.alloc().ioBuffer(capacity);
  }

  /** Closes the connection on the part of the bot. */
  public void close() {
    closedHere = true;
    channel.close();
  }

  /** Cuts the connection on the part of the bot, by a reset: what is under way is lost. */
  public void cut() {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    close();
  }

  /** Whether the bot has closed it. */
  public boolean isClosedHere() {
    return closedHere;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    owner.opened(this);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    while (!closedHere) {
      int from = in.readerIndex();
      int there = in.readableBytes();
      try {
        int size = format.size(in, from, there);
        if (size == PacketFormat.UNKNOWN || size > there) {
          return;
        }
        format.decode(in, from, size);
        owner.packet(this, in, from + format.header(), size - format.header());
        in.skipBytes(size);
      } catch (PacketException wrong) {
        owner.wrong(this, wrong, in, from);
        close();
      }
    }
    in.skipBytes(in.readableBytes());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    super.channelReadComplete(context);
    if (!closedHere) {
      owner.batchDone(this);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    super.channelInactive(context);
    links.closed(closedHere);
    owner.closed(this);
  }

  /** A connection that was reset is over as one that was closed is. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
