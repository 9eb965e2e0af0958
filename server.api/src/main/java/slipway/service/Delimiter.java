package slipway.service;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** What ends a message in the delimited protocols. */
public enum Delimiter {
  /** A byte of value 0, as in the protocols of C programs. */
  NUL("\0"),
  /** A line feed, as {@code nc} sends it. */
  LF("\n"),
  /** A carriage return and a line feed, as {@code telnet} sends them. */
  CRLF("\r\n");

  private final String text;
  private final ByteBuf bytes;

  Delimiter(String text) {
    this.text = text;
    this.bytes =
        Unpooled.unreleasableBuffer(
            Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII)).asReadOnly());
  }

  /** The delimiter as text. */
  public String text() {
    return text;
  }

  /** The delimiter as a buffer that is ready to be written and need not be released. */
  public ByteBuf bytes() {
    return bytes.duplicate();
  }
}
