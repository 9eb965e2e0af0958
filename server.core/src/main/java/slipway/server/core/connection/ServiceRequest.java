package slipway.server.core.connection;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;
import slipway.service.Delimiter;

/**
 * A client's first message: the name of a service, ended by NUL, LF or CRLF.
 *
 * @param name what the client wrote
 * @param delimiter how it ended
 */
record ServiceRequest(String name, Delimiter delimiter) {

  /** Length of a name, in bytes, above which a request is refused. */
  static final int MAX_NAME = 64;

  private static final ByteProcessor NOT_THE_END = value -> value != 0 && value != '\n';

  /** The name is longer than {@link #MAX_NAME}. */
  static final class TooLong extends Exception {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("the name of a service has at most " + MAX_NAME + " bytes", null, false, false);
    }
  }

  /**
   * Reads a request, and no byte behind it.
   *
   * @return null while the request is not complete; nothing is read then
   * @throws TooLong if it cannot become one
   */
  static ServiceRequest read(ByteBuf in) throws TooLong {
    int start = in.readerIndex();
    int looked = Math.min(in.readableBytes(), MAX_NAME + 2);
    int end = in.forEachByte(start, looked, NOT_THE_END);
    if (end < 0) {
      if (in.readableBytes() > MAX_NAME + 1) {
        throw new TooLong();
      }
      return null;
    }
    boolean line = in.getByte(end) == '\n';
    boolean carriageReturn = line && end > start && in.getByte(end - 1) == '\r';
    int length = end - start - (carriageReturn ? 1 : 0);
    if (length > MAX_NAME) {
      throw new TooLong();
    }
    String name = in.toString(start, length, StandardCharsets.UTF_8);
    in.readerIndex(end + 1);
    return new ServiceRequest(
        name, carriageReturn ? Delimiter.CRLF : line ? Delimiter.LF : Delimiter.NUL);
  }
}
