package slipway.services.metrics.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import slipway.service.MessageBoundary;

/**
 * Cuts what a client sends into requests, one at a time: while one is answered, it leaves what
 * comes behind it undecoded. So a client that pipelines has no queue of requests here, and another
 * version takes the rest over as bytes.
 *
 * <p>A request that has begun has to be complete in time, however slowly its bytes come.
 */
final class RequestDecoder extends HttpRequestDecoder implements MessageBoundary {

  static final int LONGEST_LINE = 2048;
  static final int LONGEST_HEADERS = 8192;
  static final int SECONDS = 10;

  /** The user event that says that a request was not complete in time. */
  enum TooSlow {
    TOO_SLOW
  }

  private boolean inRequest;
  private boolean held;

  /** What has come was no request: what follows it is nothing, either. */
  private boolean broken;

  private Future<?> deadline;

  RequestDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LONGEST_HEADERS));
  }

  /** Decodes no more until {@link #release}. */
  void hold() {
    held = true;
  }

  /** Decodes what has come meanwhile, and what comes from now on. */
  void release(ChannelHandlerContext context) throws Exception {
    held = false;
    channelRead(context, Unpooled.EMPTY_BUFFER);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out)
      throws Exception {
    if (held) {
      return;
    }
    int before = bytes.readableBytes();
    super.decode(context, bytes, out);
    if (!out.isEmpty() && out.get(out.size() - 1) instanceof LastHttpContent end) {
      inRequest = false;
      broken |= end.decoderResult().isFailure();
    } else if (bytes.readableBytes() < before) {
      inRequest = !broken;
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    super.channelRead(context, message);
    boolean waits = !held && (inRequest || actualReadableBytes() > 0);
    if (waits && deadline == null) {
      deadline =
          context
              .executor()
              .schedule(
                  () -> context.fireUserEventTriggered(TooSlow.TOO_SLOW),
                  SECONDS,
                  TimeUnit.SECONDS);
    } else if (!waits) {
      cancelDeadline();
    }
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  @Override
  public boolean isAtBoundary() {
    return !inRequest;
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
    cancelDeadline();
    super.handlerRemoved0(context);
  }
}
