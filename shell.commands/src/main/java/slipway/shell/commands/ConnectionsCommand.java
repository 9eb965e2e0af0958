package slipway.shell.commands;

import java.io.PrintStream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.admin.AdminException;
import slipway.admin.ConnectionAdmin;

/** The command {@code connections}. */
@Component(
    service = Function.class,
    property = {GogoCommand.SCOPE, GogoCommand.NAME + "connections"})
public final class ConnectionsCommand extends GogoCommand {

  private final ConnectionAdmin connections;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public ConnectionsCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) ConnectionAdmin connections) {
    this.connections = connections;
  }

  @Override
  Object grammar(CommandSession session, PrintStream out) {
    return new Connections(connections, out);
  }

  @Command(name = "connections", description = "Lists the open connections and closes them.")
  static final class Connections {
    private final ConnectionAdmin connections;
    private final PrintStream out;

    Connections(ConnectionAdmin connections, PrintStream out) {
      this.connections = connections;
      this.out = out;
    }

    @Command(description = "Lists the open connections: the same as statistics.")
    void ps(@Option(names = "--json", description = "Writes one JSON array.") boolean json)
        throws AdminException {
      var listed = Grammar.need(connections, "connections").connections();
      out.print(json ? Listings.CONNECTIONS.json(listed) : Listings.CONNECTIONS.table(listed));
    }

    @Command(description = "Closes a connection.")
    void close(
        @Parameters(
                paramLabel = Labels.CONNECTION,
                description = "The connection's number, as statistics shows it.")
            ConnectionId id)
        throws AdminException, InterruptedException {
      if (!Grammar.need(connections, "connections").close(id.value())) {
        throw new AdminException(
            "connections close: " + id.value() + " is no open connection; see: statistics");
      }
      out.print("closed connection " + id.value() + "\n");
    }
  }

  /** A connection's number. */
  record ConnectionId(long value) {}
}
