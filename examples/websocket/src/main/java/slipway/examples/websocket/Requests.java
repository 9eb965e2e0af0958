package slipway.examples.websocket;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.CONTINUE;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.HashMap;
import java.util.Map;
import slipway.service.Connection;
import slipway.service.GoingAway;
import slipway.service.Handed;
import slipway.service.HandsOver;

/**
 * Answers HTTP: {@code PUT /digest} with the digest of what is sent, and {@code GET /version} with
 * the version that serves. What has come of a request goes to the next version.
 */
final class Requests extends SimpleChannelInboundHandler<HttpObject> implements HandsOver {

  private static final long LONGEST_UPLOAD = 1L << 30;

  private static final String STATUS = "status";
  private static final String KEEP_ALIVE = "keep-alive";
  private static final String ENDED = "ended";

  private final Connection connection;
  private HttpResponseStatus status;
  private Upload upload;
  private boolean keepAlive;
  private boolean ended;

  /** Whether the next answer is to be the last one. */
  private boolean goingAway;

  /**
   * Continues where another version was.
   *
   * @param handed what {@link #handed} gave; nothing for a new connection
   */
  Requests(Connection connection, Handed handed) {
    this.connection = connection;
    this.status = HttpResponseStatus.valueOf((int) handed.number(STATUS).orElse(OK.code()));
    this.upload = Upload.goOn(handed);
    this.keepAlive = handed.flag(KEEP_ALIVE);
    this.ended = handed.flag(ENDED);
  }

  @Override
  public Handed handed() {
    Map<String, Object> state = new HashMap<>(upload == null ? Map.of() : upload.state());
    state.put(STATUS, status.code());
    state.put(KEEP_ALIVE, keepAlive);
    state.put(ENDED, ended);
    return Handed.of(state);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (ended) {
      return;
    }
    if (part.decoderResult().isFailure()) {
      keepAlive = false;
      answer(context, BAD_REQUEST, "");
      return;
    }
    if (part instanceof HttpRequest request) {
      begin(context, request);
    }
    if (part instanceof HttpContent content && upload != null) {
      upload.add(content.content());
      if (upload.length() > LONGEST_UPLOAD) {
        keepAlive = false;
        answer(context, REQUEST_ENTITY_TOO_LARGE, "");
        return;
      }
    }
    if (part instanceof LastHttpContent) {
      String body = status != OK ? "" : upload == null ? connection.version() + "\n" : upload.end();
      answer(context, status, body);
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    keepAlive = HttpUtil.isKeepAlive(request);
    upload = null;
    status = OK;
    switch (request.uri()) {
      case "/digest" -> {
        if (request.method().equals(HttpMethod.PUT)) {
          upload = Upload.begin();
        } else {
          status = METHOD_NOT_ALLOWED;
        }
      }
      case "/version" -> status = request.method().equals(HttpMethod.GET) ? OK : METHOD_NOT_ALLOWED;
      default -> status = NOT_FOUND;
    }
    if (HttpUtil.is100ContinueExpected(request)) {
      context.writeAndFlush(response(CONTINUE, ""));
    }
  }

  private void answer(ChannelHandlerContext context, HttpResponseStatus with, String body) {
    keepAlive &= !goingAway;
    FullHttpResponse response = response(with, body);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    HttpUtil.setContentLength(response, response.content().readableBytes());
    HttpUtil.setKeepAlive(response, keepAlive);
    upload = null;
    context.write(response);
    if (!keepAlive) {
      ended = true;
      connection.finish();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    goingAway |= event instanceof GoingAway;
    context.fireUserEventTriggered(event);
  }

  private static FullHttpResponse response(HttpResponseStatus status, String body) {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(body, UTF_8));
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
    context.fireChannelReadComplete();
  }
}
