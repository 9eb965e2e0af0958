package slipway.server.core.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * What arrives before a connection has a service: kept in its order, and given to the service
 * first. Belongs to the connection's event loop.
 */
final class EarlyBytes {

  /** What can arrive unasked while the service starts; the system's socket buffers hold less. */
  static final int MAX = 16 * 1024 * 1024;

  private ByteBuf bytes;

  /** Keeps some more, which are released with the others. */
  void add(ByteBufAllocator allocator, ByteBuf more) {
    bytes =
        bytes == null
            ? more
            : ByteToMessageDecoder.COMPOSITE_CUMULATOR.cumulate(allocator, bytes, more);
  }

  /** Whether anything has arrived. */
  boolean areThere() {
    return bytes != null;
  }

  /** Whether there are more than {@link #MAX}. */
  boolean areTooMany() {
    return bytes != null && bytes.readableBytes() > MAX;
  }

  /** Lets a reader take what is for the host. */
  ServiceRequest readBy(RequestReader reader) throws RequestReader.Refused {
    return reader.read(bytes);
  }

  /** Gives the rest to the handlers behind a place. */
  void giveOn(ChannelHandlerContext place, ConnectionProof proof) {
    ByteBuf rest = bytes;
    bytes = null;
    if (rest != null && rest.isReadable()) {
      proof.received();
      place.fireChannelRead(rest);
      ConnectionTail.keepLast(place.pipeline());
      place.fireChannelReadComplete();
    } else if (rest != null) {
      rest.release();
    }
  }

  void release() {
    if (bytes != null) {
      bytes.release();
      bytes = null;
    }
  }
}
