package slipway.services.metrics.http;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.HOST;
import static io.netty.handler.codec.http.HttpHeaderNames.TRANSFER_ENCODING;
import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_URI_TOO_LONG;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Optional;

/** Which requests are refused, whatever they ask for. Behind each of them nothing more is read. */
final class Refusals {

  private Refusals() {}

  /** Why a request is refused; empty if it is not. */
  static Optional<Reply> of(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Optional.of(ofBroken(request.decoderResult().cause()));
    }
    HttpVersion version = request.protocolVersion();
    if (!version.protocolName().equals("HTTP") || version.majorVersion() != 1) {
      return Optional.of(
          Reply.text(
              HTTP_VERSION_NOT_SUPPORTED, version + " is not spoken here: HTTP/1.1 and 1.0 are\n"));
    }
    HttpHeaders headers = request.headers();
    int hosts = headers.getAll(HOST).size();
    if (hosts > 1 || hosts == 0 && version.minorVersion() > 0) {
      return Optional.of(Reply.text(BAD_REQUEST, "a request has one header Host\n"));
    }
    if (headers.contains(TRANSFER_ENCODING)
        || headers.contains(CONTENT_LENGTH) && !headers.get(CONTENT_LENGTH).strip().equals("0")) {
      return Optional.of(Reply.text(BAD_REQUEST, "a request has no body\n"));
    }
    return Optional.empty();
  }

  private static Reply ofBroken(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Reply.text(
          REQUEST_URI_TOO_LONG,
          "the first line of a request has at most " + RequestDecoder.LONGEST_LINE + " bytes\n");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return Reply.text(
          REQUEST_HEADER_FIELDS_TOO_LARGE,
          "the headers of a request have at most " + RequestDecoder.LONGEST_HEADERS + " bytes\n");
    }
    return Reply.text(BAD_REQUEST, "this is no request of HTTP\n");
  }
}
