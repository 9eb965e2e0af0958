package slipway.server.core.connection;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.AdminException;
import slipway.admin.ConnectionAdmin;
import slipway.admin.ConnectionStatus;
import slipway.net.Closing;
import slipway.net.IpText;

/** Shows operators the open connections, and closes one of them. May be used from any thread. */
@Component
public final class HostConnectionAdmin implements ConnectionAdmin {

  /** How long a connection that is to be closed may take to close. */
  private static final Duration CLOSED = Duration.ofSeconds(1);

  private final Connections connections;

  /** For Declarative Services. */
  @Activate
  public HostConnectionAdmin(@Reference Connections connections) {
    this.connections = connections;
  }

  @Override
  public List<ConnectionStatus> connections() {
    return connections
        .open()
        .sorted(Comparator.comparingLong(HostedConnection::id))
        .map(HostConnectionAdmin::status)
        .toList();
  }

  /** Bytes are as of a moment ago; the name and the version are of one moment. */
  static ConnectionStatus status(HostedConnection connection) {
    Serving serving = connection.serving(); // once
    InetSocketAddress tcp =
        connection.remoteAddress() instanceof InetSocketAddress socket ? socket : null;
    return new ConnectionStatus(
        connection.id(),
        serving.service(),
        tcp == null ? "unix" : IpText.of(tcp.getAddress()),
        tcp == null ? 0 : tcp.getPort(),
        connection.since(),
        connection.acceptor(),
        serving.version(),
        connection.head().bytesIn(),
        connection.head().bytesOut(),
        connection.entrance().audience());
  }

  @Override
  public boolean close(long id) throws AdminException, InterruptedException {
    Optional<HostedConnection> found = connections.find(id);
    if (found.isEmpty()) {
      return false;
    }
    HostedConnection connection = found.get();
    connection.closes(Closing.OPERATOR);
    if (!connection.channel().close().await(CLOSED.toMillis())) {
      throw new AdminException(
          "connection "
              + id
              + " is not closed yet: "
              + connections
                  .keeperOf(connection)
                  .orElse("its event loop is busy, or a handler of its service keeps it open")
              + "; it will be when that ends");
    }
    return true;
  }
}
