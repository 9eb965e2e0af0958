package slipway.services.metrics.http;

import static io.netty.handler.codec.http.HttpHeaderNames.CACHE_CONTROL;
import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.DATE;
import static io.netty.handler.codec.http.HttpHeaderValues.CLOSE;
import static io.netty.handler.codec.http.HttpHeaderValues.KEEP_ALIVE;
import static io.netty.handler.codec.http.HttpHeaderValues.NO_STORE;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Makes HTTP's responses of replies. */
final class Responses {

  private Responses() {}

  /**
   * The response to a request; a HEAD gets the headers alone.
   *
   * @param request what was asked; null if nothing could be understood
   * @param last whether the connection is closed behind it
   */
  static FullHttpResponse of(HttpRequest request, Reply reply, boolean last) {
    boolean head = request != null && request.method().equals(HttpMethod.HEAD);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, reply.status(), head ? Unpooled.EMPTY_BUFFER : reply.body());
    HttpUtil.setContentLength(response, reply.body().readableBytes());
    response.headers().set(DATE, now()).set(CACHE_CONTROL, NO_STORE);
    reply.headers().forEach(response.headers()::set);
    if (last) {
      response.headers().set(CONNECTION, CLOSE);
    } else if (request != null && request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      response.headers().set(CONNECTION, KEEP_ALIVE);
    }
    if (head) {
      reply.body().release();
    }
    return response;
  }

  private static String now() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
  }
}
