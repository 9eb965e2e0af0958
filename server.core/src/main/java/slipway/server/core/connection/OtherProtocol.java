package slipway.server.core.connection;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Knows first lines that are not meant for this host. A web page can make a browser send them, and
 * what follows must not reach a service as if its user had typed it.
 */
final class OtherProtocol {

  /** The first byte of a TLS connection. */
  static final int TLS_HANDSHAKE = 0x16;

  /** Methods with what follows them, or the version at the end, whatever the method is called. */
  private static final Pattern HTTP =
      Pattern.compile(
          "(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|PRI|QUERY)[ \\t].*"
              + "|.*[ \\t]HTTP/[0-9].*");

  private static final Pattern PROXY = Pattern.compile("PROXY (?:TCP4|TCP6|UNKNOWN)\\b.*");
  private static final Pattern SSH = Pattern.compile("SSH-[0-9].*");

  private OtherProtocol() {}

  /**
   * Says why a first line is refused.
   *
   * @param line the bytes before its end; perhaps not all of them yet, but more than a first one
   *     that may begin TLS
   * @return null if it may be a service's name
   */
  static String of(byte[] line) {
    if (line.length > 1 && line[0] == TLS_HANDSHAKE && line[1] == 0x03) {
      return "TLS is not spoken here";
    }
    String text = new String(line, StandardCharsets.ISO_8859_1);
    if (HTTP.matcher(text).matches()) {
      return "HTTP is not spoken here";
    }
    if (PROXY.matcher(text).matches()) {
      return "the PROXY protocol is not spoken here";
    }
    if (SSH.matcher(text).matches()) {
      return "SSH is not spoken here";
    }
    return text.chars().anyMatch(character -> character < ' ' || character == 0x7f)
        ? "the name of a service has no control characters"
        : null;
  }
}
