package slipway.account;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import slipway.service.Connection;

/**
 * Where a call comes from. The work for passwords is shared out by it: clients of one address, or
 * of one /64 network of IPv6, share one turn. Immutable.
 */
public final class Origin {

  /** The host itself, for an operator. */
  public static final Origin HOST = new Origin("the host", null, 0);

  /** A caller that does not say; all such callers share one turn. */
  public static final Origin UNKNOWN = new Origin("an unknown address", null, 0);

  private final String text;
  private final InetAddress address;
  private final Network network;
  private final long connection;

  private Origin(String text, InetAddress address, long connection) {
    this.text = text;
    this.address = address;
    this.network = address == null ? null : Network.of(address);
    this.connection = connection;
  }

  /** A client of a service. */
  public static Origin of(Connection connection) {
    return of(connection.remoteAddress(), connection.id());
  }

  /** A client with an address. */
  public static Origin of(SocketAddress address) {
    return of(address, 0);
  }

  private static Origin of(SocketAddress address, long connection) {
    return address instanceof InetSocketAddress socket && socket.getAddress() != null
        ? new Origin(NetUtil.toAddressString(socket.getAddress()), socket.getAddress(), connection)
        : new Origin("a local socket", null, connection);
  }

  /** The client's address; empty if it has none, such as one on a Unix domain socket. */
  public Optional<InetAddress> address() {
    return Optional.ofNullable(address);
  }

  /** The network that stands for the client; empty if it has no address. */
  public Optional<Network> network() {
    return Optional.ofNullable(network);
  }

  /** Whether a connection is the one that the call came on. */
  public boolean isConnection(long id) {
    return connection != 0 && connection == id;
  }

  /** The key of a share: equal for all that share one turn. */
  public Object share() {
    return network == null ? text : network;
  }

  /** The address, without a port, for logs. */
  @Override
  public String toString() {
    return text;
  }
}
