package slipway.services.chat.text;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Knows what is not said to a chat: a web page can make a browser send lines to any port, and they
 * must not be taken for those of a user.
 */
public final class OtherProtocol {

  /** Of a line, as much as tells. */
  private static final int LOOKED_AT = 512;

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** Requests, whatever the method is called; methods alone; answers; headers. */
  private static final Pattern HTTP =
      Pattern.compile(
          "(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|PRI|QUERY)(?:[ \\t].*)?"
              + "|.*[ \\t]HTTP/[0-9].*|HTTP/[0-9].*"
              + "|"
              + TOKEN
              + ":(?:[ \\t].*)?");

  private static final Pattern SSH = Pattern.compile("SSH-[0-9].*");
  private static final Pattern PROXY = Pattern.compile("PROXY (?:TCP4|TCP6|UNKNOWN)\\b.*");

  private static final byte TLS_HANDSHAKE = 0x16;
  private static final byte TLS_VERSION = 3;

  private OtherProtocol() {}

  /**
   * Looks at a line that should begin with a user's name. No name that the chat gives looks like
   * one of these.
   *
   * @param line without its delimiter
   * @return the protocol that it is of; empty if it may be the chat's
   */
  public static Optional<String> of(byte[] line) {
    if (line.length >= 2 && line[0] == TLS_HANDSHAKE && line[1] == TLS_VERSION) {
      return Optional.of("TLS");
    }
    String begin =
        new String(line, 0, Math.min(line.length, LOOKED_AT), StandardCharsets.ISO_8859_1).strip();
    if (HTTP.matcher(begin).matches()) {
      return Optional.of("HTTP");
    } else if (SSH.matcher(begin).matches()) {
      return Optional.of("SSH");
    } else if (PROXY.matcher(begin).matches()) {
      return Optional.of("the PROXY protocol");
    }
    return Optional.empty();
  }
}
