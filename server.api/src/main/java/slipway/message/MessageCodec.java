package slipway.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.MessageToMessageEncoder;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.service.Connection;
import slipway.service.Delimiter;
import slipway.service.Handed;
import slipway.service.HandsOver;
import slipway.service.MessageBoundary;

/**
 * Delimited messages: cuts what arrives into one {@link ByteBuf} a message, without its delimiter,
 * and ends each message that is written, a {@link ByteBuf} or a {@link CharSequence} (sent as
 * UTF-8), with the delimiter.
 *
 * <p>The delimiter is the connection's; if it has none, the first NUL or LF that arrives decides.
 * LF and CRLF are both taken as the end of a line. Messages are slices of what was received and are
 * not copied; the receiver releases them.
 *
 * <p>One codec serves one connection, in its event loop.
 */
public final class MessageCodec
    extends CombinedChannelDuplexHandler<MessageCodec.Decoder, MessageCodec.Encoder>
    implements MessageBoundary, HandsOver {

  private static final String DELIMITER = "delimiter";
  private static final String SKIPPING = "skipping";
  private static final ByteProcessor NOT_NUL_OR_LF = value -> value != 0 && value != '\n';

  private final int maxLength;
  private Delimiter delimiter;

  /** Whether what comes, up to the next delimiter, is the rest of a message that is too long. */
  private boolean skipping;

  /**
   * Makes the codec of a connection.
   *
   * @param connection whose delimiter counts
   * @param maxLength length in bytes, without the delimiter, above which a message is refused with
   *     a {@link TooLongFrameException}, whatever its length. A service that handles that exception
   *     continues with the next message; one that does not has its connection closed.
   */
  public MessageCodec(Connection connection, int maxLength) {
    this(connection, Map.of(), maxLength);
  }

  /**
   * Makes the codec of a connection that is taken up from another version.
   *
   * @param state what {@link #state} of the other version's codec was, perhaps among other things
   * @param maxLength as above
   * @throws IllegalArgumentException if the state has a delimiter that is none
   */
  public MessageCodec(Connection connection, Map<String, Object> state, int maxLength) {
    this(connection, Handed.of(state), maxLength);
  }

  /**
   * Makes the codec of a connection that is taken up from another version, whose codec has not
   * stayed.
   *
   * @param handed what {@link #state} of the other version's codec was, perhaps among other things
   * @param maxLength as above
   * @throws IllegalArgumentException if it has a delimiter that is none
   */
  public MessageCodec(Connection connection, Handed handed, int maxLength) {
    this.maxLength = maxLength;
    this.skipping = handed.flag(SKIPPING);
    this.delimiter =
        handed.text(DELIMITER).map(Delimiter::valueOf).or(connection::delimiter).orElse(null);
    init(new Decoder(), new Encoder());
  }

  /**
   * What a version gives up of this codec with its connection: the delimiter, if one is known, and
   * whether it is in the middle of a message that is too long. Bytes that are not decoded yet are
   * given up by themselves.
   */
  public Map<String, Object> state() {
    Map<String, Object> state = new HashMap<>();
    if (delimiter != null) {
      state.put(DELIMITER, delimiter.name());
    }
    if (skipping) {
      state.put(SKIPPING, true);
    }
    return state;
  }

  /** The same as {@link #state}. */
  @Override
  public Handed handed() {
    return Handed.of(state());
  }

  /** Unless it is in the middle of a message that is too long, whose beginning it has left out. */
  @Override
  public boolean isAtBoundary() {
    return !skipping;
  }

  /**
   * How many bytes of an unfinished message it keeps: those that are given up by themselves with
   * the connection.
   */
  public int undecoded() {
    return inboundHandler().kept();
  }

  /** What ends this connection's messages; empty as long as nothing is known. */
  public Optional<Delimiter> known() {
    return Optional.ofNullable(delimiter);
  }

  /** What ends this connection's messages; LF as long as nothing is known. */
  public Delimiter delimiter() {
    return delimiter == null ? Delimiter.LF : delimiter;
  }

  final class Decoder extends ByteToMessageDecoder {
    /** Bytes of the unfinished message in which there is no delimiter. */
    private int scanned;

    int kept() {
      return actualReadableBytes();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      int from = in.readerIndex() + scanned;
      int end = indexOfDelimiter(in, from, in.writerIndex() - from);
      int length = (end < 0 ? in.writerIndex() : end) - in.readerIndex();
      if (skipping) {
        skip(in, end);
        return;
      }
      if (length > maxLength + 1 || (end >= 0 && contentLength(in, length) > maxLength)) {
        skip(in, end);
        context.fireExceptionCaught( // and not thrown, which would keep back what is behind it
            new TooLongFrameException("a message is longer than " + maxLength + " bytes"));
        return;
      }
      if (end < 0) {
        scanned = length;
        return;
      }
      scanned = 0;
      int content = contentLength(in, length);
      if (delimiter == null) {
        delimiter =
            in.getByte(end) == 0 ? Delimiter.NUL : content < length ? Delimiter.CRLF : Delimiter.LF;
      }
      out.add(in.readRetainedSlice(content));
      in.readerIndex(end + 1);
    }

    /** Leaves out what is there of a message that is too long. */
    private void skip(ByteBuf in, int end) {
      in.readerIndex(end < 0 ? in.writerIndex() : end + 1);
      scanned = 0;
      skipping = end < 0;
    }

    private int indexOfDelimiter(ByteBuf in, int from, int length) {
      if (delimiter == null) {
        return in.forEachByte(from, length, NOT_NUL_OR_LF);
      }
      return in.forEachByte(
          from,
          length,
          delimiter == Delimiter.NUL ? ByteProcessor.FIND_NUL : ByteProcessor.FIND_LF);
    }

    /** The length without the carriage return that belongs to a line's end. */
    private int contentLength(ByteBuf in, int length) {
      int last = in.readerIndex() + length - 1;
      boolean line = in.getByte(last + 1) == '\n';
      return line && length > 0 && in.getByte(last) == '\r' ? length - 1 : length;
    }
  }

  final class Encoder extends MessageToMessageEncoder<Object> {
    @Override
    public boolean acceptOutboundMessage(Object message) {
      return message instanceof CharSequence || message instanceof ByteBuf;
    }

    @Override
    protected void encode(ChannelHandlerContext context, Object message, List<Object> out) {
      if (message instanceof ByteBuf bytes) {
        out.add(bytes.retain());
        out.add(delimiter().bytes());
        return;
      }
      String text = message + delimiter().text();
      ByteBuf bytes = context.alloc().buffer(ByteBufUtil.utf8Bytes(text));
      bytes.writeCharSequence(text, StandardCharsets.UTF_8);
      out.add(bytes);
    }
  }
}
