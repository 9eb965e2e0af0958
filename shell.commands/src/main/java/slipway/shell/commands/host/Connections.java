package slipway.shell.commands.host;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.admin.ConnectionAdmin;
import slipway.admin.ConnectionStatus;
import slipway.command.Call;
import slipway.command.CandidatesFor;
import slipway.command.Column;
import slipway.command.CommandException;
import slipway.command.Form;
import slipway.command.Table;

/** The verbs of {@code connections}. */
@Command
final class Connections {

  private static final String ID = "ID";

  private static final Table<ConnectionStatus> TABLE =
      Table.of(
          new Column<>("ID", "id", ConnectionStatus::id),
          new Column<>("Service", "service", ConnectionStatus::service),
          new Column<>("IP", "ip", ConnectionStatus::address),
          new Column<>("Port", "port", each -> each.port() == 0 ? null : each.port()),
          new Column<>("Time since", "since", ConnectionStatus::since),
          new Column<>("Acceptor", "acceptor", ConnectionStatus::acceptor),
          new Column<>("Version", "version", ConnectionStatus::version),
          new Column<>("In", "in", ConnectionStatus::bytesIn),
          new Column<>("Out", "out", ConnectionStatus::bytesOut));

  private final ConnectionAdmin connections;
  private final Call call;

  Connections(ConnectionAdmin connections, Call call) {
    this.connections = connections;
    this.call = call;
  }

  @Command(description = "Lists the open connections: the same as statistics.")
  void ps(@Option(names = "--json", description = "Writes one JSON array.") boolean json)
      throws CommandException {
    call.show(TABLE, HostPart.need(connections, "connections").connections(), Form.json(json));
  }

  @Command(description = "Closes a connection.")
  void close(
      @Parameters(
              paramLabel = ID,
              converter = ConnectionId.Converter.class,
              description = "The connection's number, as statistics shows it.")
          ConnectionId id)
      throws Exception {
    if (!HostPart.need(connections, "connections").close(id.value())) {
      throw new CommandException(
          "connections close: " + id.value() + " is no open connection; see: statistics");
    }
    call.out().print("closed connection " + id.value() + "\n");
  }

  @CandidatesFor(ID)
  List<Long> ids() {
    return connections == null
        ? List.of()
        : connections.connections().stream().map(ConnectionStatus::id).toList();
  }
}
