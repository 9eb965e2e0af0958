package slipway.server.core.connection;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.ConnectionStatus;
import slipway.dump.Dump;
import slipway.dump.Dumpable;

/**
 * The open connections: how many, and of the oldest and the newest ones what serves them, what they
 * have carried, and which handlers they have.
 */
@Component(service = Dumpable.class)
public final class DumpedConnections implements Dumpable {

  /** So many of the oldest, and of the newest: a report of ten thousand is of no use. */
  private static final int ENDS = 50;

  private final Connections connections;

  /** For Declarative Services. */
  @Activate
  public DumpedConnections(@Reference Connections connections) {
    this.connections = connections;
  }

  @Override
  public String title() {
    return "connections";
  }

  @Override
  public void dump(Dump dump) {
    List<HostedConnection> all =
        connections.open().sorted(Comparator.comparingLong(HostedConnection::id)).toList();
    dump.line("open " + all.size());
    Stream<HostedConnection> shown = all.stream();
    if (all.size() > 2 * ENDS) {
      all.stream().limit(ENDS).forEach(each -> describe(each, dump));
      dump.line("and " + (all.size() - 2 * ENDS) + " more");
      shown = all.stream().skip(all.size() - ENDS);
    }
    shown.forEach(each -> describe(each, dump));
  }

  private static void describe(HostedConnection connection, Dump dump) {
    ConnectionStatus status = HostConnectionAdmin.status(connection);
    dump.line(
            status.id()
                + " by "
                + status.acceptor()
                + (status.service().isEmpty()
                    ? ", not dispatched"
                    : ", " + status.service() + " " + status.version())
                + ", in "
                + status.bytesIn()
                + ", out "
                + status.bytesOut()
                + (connection.channel().config().isAutoRead() ? "" : ", not read")
                + (connection.channel().isWritable() ? "" : ", slow"))
        .line(String.join(" > ", handlers(connection)));
  }

  /** In the order in which bytes from the client pass them; the map leaves Netty's own ends out. */
  private static Set<String> handlers(HostedConnection connection) {
    return connection.channel().pipeline().toMap().keySet();
  }
}
