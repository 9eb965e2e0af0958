package slipway.services.echo;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import slipway.service.Connection;
import slipway.service.Delimiter;

/**
 * Sends back what it receives, until an empty message: there it closes the connection, and drops
 * the rest. Messages may have any length and arrive in any pieces; nothing is collected or copied.
 */
final class EchoUntilEmpty extends ChannelInboundHandlerAdapter {

  private final Connection connection;
  private final byte delimiter;
  private boolean atStart;
  private boolean ended;

  /**
   * Makes the handler of a connection.
   *
   * @param atStart whether the next byte is the first of a message
   */
  EchoUntilEmpty(Connection connection, Delimiter delimiter, boolean atStart) {
    this.connection = connection;
    this.atStart = atStart;
    this.delimiter = (byte) (delimiter == Delimiter.NUL ? 0 : '\n');
  }

  boolean isAtStart() {
    return atStart;
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
      context.write(bytes);
    } else {
      context.write(bytes.writerIndex(end));
      ended = true;
      connection.finish();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
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
