package slipway.message;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import slipway.service.Connection;
import slipway.service.Delimiter;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.HandsOver;

/**
 * Ends the connection at an empty message, as the delimited protocols do: what arrives before it is
 * passed on as it is, the empty message and what is behind it are dropped, and the connection is
 * finished. Messages may have any length and arrive in any pieces; nothing is collected or copied.
 *
 * <p>One handler serves one connection, in its event loop. It holds nothing of a service, so that
 * it can be {@linkplain Handlers#keep kept} if the connection passes to another version.
 */
public final class UntilEmptyMessage extends ChannelInboundHandlerAdapter implements HandsOver {

  private static final String START = "start";

  private final Connection connection;
  private final byte delimiter;
  private boolean atStart;
  private boolean ended;

  /**
   * Makes the handler of a connection.
   *
   * @param delimiter what ends the connection's messages
   * @param handed what another version's handler has {@linkplain #handed handed over}, perhaps
   *     among other things; nothing for a new connection
   */
  public UntilEmptyMessage(Connection connection, Delimiter delimiter, Handed handed) {
    this.connection = connection;
    this.delimiter = (byte) (delimiter == Delimiter.NUL ? 0 : '\n');
    this.atStart = handed.flag(START, true);
  }

  /** Whether the next byte is the first of a message. */
  @Override
  public Handed handed() {
    return Handed.nothing().with(START, atStart);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (ended) {
      bytes.release();
      return;
    }
    int end = indexOfEmpty(bytes);
    if (end < 0) {
      context.fireChannelRead(bytes);
    } else {
      ended = true;
      context.fireChannelRead(bytes.writerIndex(end));
      connection.finish();
    }
  }

  /**
   * Where the delimiter of an empty message is, or -1; remembers where it was between buffers. From
   * one message to the next it looks for the delimiter alone.
   */
  private int indexOfEmpty(ByteBuf bytes) {
    int at = bytes.readerIndex();
    while (at < bytes.writerIndex()) {
      byte value = bytes.getByte(at);
      if (atStart && value == delimiter) {
        return at;
      }
      if (atStart && value == '\r' && delimiter == '\n') {
        at++; // the carriage return of a line's end does not make the line less empty
        continue;
      }
      int end = BlockSearch.indexOf(bytes, at, bytes.writerIndex(), delimiter);
      atStart = end >= 0;
      if (end < 0) {
        return -1;
      }
      at = end + 1;
    }
    return -1;
  }
}
