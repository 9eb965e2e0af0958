package slipway.shell.commands;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import slipway.admin.ConnectionAdmin;

/** The command {@code statistics}. */
@Component(
    service = Function.class,
    property = {GogoCommand.SCOPE, GogoCommand.NAME + "statistics"})
public final class StatisticsCommand extends GogoCommand {

  private final ConnectionAdmin connections;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public StatisticsCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) ConnectionAdmin connections) {
    this.connections = connections;
  }

  @Override
  Object grammar(CommandSession session, PrintStream out) {
    return new Statistics(new ConnectionsCommand.Connections(connections, out));
  }

  @Command(
      name = "statistics",
      description = "Lists the open connections with the bytes that they received and sent.")
  static final class Statistics implements Callable<Void> {
    private final ConnectionsCommand.Connections connections;

    @Option(names = "--json", description = "Writes one JSON array.")
    private boolean json;

    Statistics(ConnectionsCommand.Connections connections) {
      this.connections = connections;
    }

    @Override
    public Void call() throws Exception {
      connections.ps(json);
      return null;
    }
  }
}
