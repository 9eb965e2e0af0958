package slipway.shell.commands.host;

import slipway.admin.AcceptorStatus;
import slipway.admin.RefusedFile;
import slipway.command.Column;
import slipway.command.Table;

/**
 * A line of {@code acserv ps}: an acceptor, or a file in {@code conf/} that is refused.
 *
 * @param port its port; null if it has none
 * @param state the acceptor's state, or {@code REFUSED}
 * @param name the acceptor's name, or the file's
 */
record AcceptorRow(
    String address,
    Integer port,
    String state,
    String name,
    String service,
    int connections,
    String transport,
    String reason) {

  /** Acceptors, and files that define some but are refused. */
  static final Table<AcceptorRow> TABLE =
      Table.of(
          new Column<>("IP", "ip", AcceptorRow::address),
          new Column<>("Port", "port", AcceptorRow::port),
          new Column<>("State", "state", AcceptorRow::state),
          new Column<>("Name", "name", AcceptorRow::name),
          new Column<>("Service", "service", AcceptorRow::service),
          new Column<>("Connections", "connections", AcceptorRow::connections),
          new Column<>("Transport", "transport", AcceptorRow::transport),
          new Column<>("Reason", "reason", AcceptorRow::reason));

  static AcceptorRow of(AcceptorStatus acceptor) {
    return new AcceptorRow(
        acceptor.address(),
        acceptor.port() == 0 ? null : acceptor.port(),
        String.valueOf(acceptor.state()),
        acceptor.name(),
        acceptor.service(),
        acceptor.connections(),
        acceptor.transport(),
        acceptor.reason());
  }

  static AcceptorRow of(RefusedFile file) {
    return new AcceptorRow("", null, "REFUSED", file.file(), "", 0, "", file.reason());
  }
}
