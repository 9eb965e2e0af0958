package slipway.services.admin;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import slipway.services.admin.Request.Kind;

/** Cuts what a client sends into requests. For one thread. */
final class RequestReader {

  /** Length in bytes, without the delimiter, above which a request is refused. */
  static final int MAX_LENGTH = 8 * 1024;

  private final InputStream in;

  RequestReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /** Waits for the next request; null when there are no more. */
  Request next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int value = in.read(); value >= 0; value = in.read()) {
      if (value == 0 || value == '\n') {
        return request(line.toByteArray(), value == 0);
      }
      if (line.size() > MAX_LENGTH) {
        return tooLong();
      }
      line.write(value);
    }
    return line.size() == 0
        ? null
        : new Request(Kind.LAST, "the command line is not ended by LF, CRLF or NUL", false, false);
  }

  private static Request request(byte[] bytes, boolean nul) {
    int length = bytes.length;
    if (!nul && length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    if (length > MAX_LENGTH) {
      return tooLong();
    }
    byte last = length == 0 ? 0 : bytes[length - 1];
    boolean completion = last == Request.COMPLETE;
    boolean asked = last == Request.ASK && nul;
    try {
      ByteBuffer text = ByteBuffer.wrap(bytes, 0, completion || asked ? length - 1 : length);
      return new Request(
          completion ? Kind.COMPLETION : Kind.COMMAND,
          StandardCharsets.UTF_8.newDecoder().decode(text).toString(),
          asked,
          nul);
    } catch (CharacterCodingException malformed) {
      return new Request(Kind.REFUSED, "the command line is not UTF-8", false, nul);
    }
  }

  private static Request tooLong() {
    return new Request(
        Kind.LAST, "the command line is longer than " + MAX_LENGTH + " bytes", false, false);
  }
}
