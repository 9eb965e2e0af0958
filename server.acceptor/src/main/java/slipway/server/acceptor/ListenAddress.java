package slipway.server.acceptor;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/** Where an acceptor listens. */
sealed interface ListenAddress {

  /** What stands before the path of a Unix domain socket. */
  String UNIX = "unix:";

  /** Whether both cannot be bound at one time. */
  boolean overlaps(ListenAddress other);

  /** The address as in the configuration's key {@code ip}. */
  String host();

  /** The port; 0 for any, or where there is none. */
  int port();

  /** A TCP address. */
  record Tcp(InetAddress ip, int port) implements ListenAddress {

    /**
     * Reads an IP address.
     *
     * @return null if the text is none; names are not looked up
     */
    static Tcp of(String ip, int port) {
      byte[] bytes = NetUtil.createByteArrayFromIpAddressString(ip);
      try {
        return bytes == null ? null : new Tcp(InetAddress.getByAddress(bytes), port);
      } catch (UnknownHostException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public boolean overlaps(ListenAddress other) {
      return port != 0
          && other instanceof Tcp tcp
          && port == tcp.port
          && (ip.equals(tcp.ip) || ip.isAnyLocalAddress() || tcp.ip.isAnyLocalAddress());
    }

    @Override
    public String host() {
      return ip.getHostAddress();
    }

    InetSocketAddress socketAddress() {
      return new InetSocketAddress(ip, port);
    }

    @Override
    public String toString() {
      return NetUtil.toSocketAddressString(socketAddress());
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
