package slipway.bots.link;

import java.net.InetSocketAddress;

/**
 * The server under test.
 *
 * @param host name or address; an IPv6 address without its brackets
 * @param port 1 to 65535
 */
public record Target(String host, int port) {

  private static final int HIGHEST_PORT = 0xffff;

  /**
   * Reads {@code HOST:PORT}; an IPv6 address stands in brackets.
   *
   * @throws IllegalArgumentException if it is something else; says what is allowed
   */
  public static Target parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(0, colon));
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      host = "";
    }
    int port = port(text.substring(colon + 1));
    if (host.isEmpty() || port == 0) {
      throw new IllegalArgumentException(
          "allowed is HOST:PORT with a port of 1 to 65535, such as 127.0.0.1:3000 or [::1]:3000");
    }
    return new Target(host, port);
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port >= 1 && port <= HIGHEST_PORT ? port : 0;
    } catch (NumberFormatException noNumber) {
      return 0;
    }
  }

  /** Asks the system for the address; unresolved if it does not know the name. */
  InetSocketAddress resolve() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
