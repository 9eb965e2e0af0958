package slipway.server.acceptor;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where an acceptor listens. */
sealed interface ListenAddress {

  /** What stands before the path of a Unix domain socket. */
  String UNIX = "unix:";

  /** Whether both cannot be bound at one time. */
  boolean overlaps(ListenAddress other);

  /** The address as in the configuration's key {@code ip}. */
  String host();

  /** The port; 0 for any, or if there is none. */
  int port();

  /**
   * A TCP address.
   *
   * @param zone the interface of an IPv6 address that is each interface's own, such as {@code
   *     eth0}, or its number; empty for none. It need not be there yet
   */
  record Tcp(InetAddress ip, String zone, int port) implements ListenAddress {

    private static final Pattern ZONE = Pattern.compile("[^\\s/%\\[\\]:]{1,64}");

    /**
     * Reads an IP address, which may have a zone behind {@code %}.
     *
     * @return null if the text is none; names are not looked up
     */
    static Tcp of(String text, int port) {
      int mark = text.indexOf('%');
      String zone = mark < 0 ? "" : text.substring(mark + 1);
      byte[] bytes =
          NetUtil.createByteArrayFromIpAddressString(mark < 0 ? text : text.substring(0, mark));
      try {
        InetAddress ip = bytes == null ? null : InetAddress.getByAddress(bytes);
        boolean fits = mark < 0 || ip instanceof Inet6Address && ZONE.matcher(zone).matches();
        return ip != null && fits ? new Tcp(ip, zone, port) : null;
      } catch (UnknownHostException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public boolean overlaps(ListenAddress other) {
      return port != 0
          && other instanceof Tcp tcp
          && port == tcp.port
          && (ip.equals(tcp.ip) && sameZone(tcp)
              || ip.isAnyLocalAddress()
              || tcp.ip.isAnyLocalAddress());
    }

    /** Only link-local addresses are another one in another zone, which has a name and a number. */
    private boolean sameZone(Tcp other) {
      return zone.equals(other.zone)
          || !ip.isLinkLocalAddress()
          || !zone.isEmpty() && !other.zone.isEmpty() && isInterfaceOf(other);
    }

    private boolean isInterfaceOf(Tcp other) {
      try {
        return scope() == other.scope();
      } catch (IOException notThere) {
        return false;
      }
    }

    @Override
    public String host() {
      return NetUtil.toAddressString(ip) + (zone.isEmpty() ? "" : "%" + zone);
    }

    /**
     * The address to bind.
     *
     * @throws IOException if there is no such zone now, or one is missing; the message says it
     */
    InetSocketAddress socketAddress() throws IOException {
      if (zone.isEmpty() && ip instanceof Inet6Address && ip.isLinkLocalAddress()) {
        throw new IOException(
            "a link-local address needs its interface, as in " + host() + "%eth0");
      }
      return new InetSocketAddress(
          zone.isEmpty() ? ip : Inet6Address.getByAddress(null, ip.getAddress(), scope()), port);
    }

    private int scope() throws IOException {
      NetworkInterface named = NetworkInterface.getByName(zone);
      if (named != null) {
        return named.getIndex();
      }
      try {
        int number = Integer.parseInt(zone);
        if (number > 0 && NetworkInterface.getByIndex(number) != null) {
          return number;
        }
      } catch (NumberFormatException noNumber) {
        // told below, as a number without an interface is
      }
      throw new IOException("no interface is called " + zone);
    }

    @Override
    public String toString() {
      return (ip instanceof Inet6Address ? "[" + host() + "]" : host()) + ":" + port;
    }
  }

  /** A Unix domain socket. */
  record Unix(Path path) implements ListenAddress {

    @Override
    public boolean overlaps(ListenAddress other) {
      return equals(other);
    }

    @Override
    public String host() {
      return UNIX + path;
    }

    @Override
    public int port() {
      return 0;
    }

    @Override
    public String toString() {
      return host();
    }
  }
}
