package slipway.services.metrics.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;

/**
 * An answer.
 *
 * @param status its status
 * @param headers what it says beyond what every answer says
 * @param body what it consists of; the one that has the answer releases it
 */
public record Reply(HttpResponseStatus status, Map<String, String> headers, ByteBuf body) {

  private static final String TEXT = "text/plain; charset=utf-8";

  /**
   * An answer for people.
   *
   * @param text one line, with its end
   */
  public static Reply text(HttpResponseStatus status, String text) {
    return of(status, TEXT, text);
  }

  /** An answer of some type. */
  public static Reply of(HttpResponseStatus status, String contentType, String text) {
    return new Reply(
        status,
        Map.of("content-type", contentType),
        ByteBufUtil.writeUtf8(UnpooledByteBufAllocator.DEFAULT, text));
  }
}
