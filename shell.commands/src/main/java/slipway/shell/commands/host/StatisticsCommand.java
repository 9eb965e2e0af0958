package slipway.shell.commands.host;

import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import slipway.admin.ConnectionAdmin;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code statistics}. */
@Component
@CommandName(
    name = "statistics",
    help = "Lists the open connections with the bytes received and sent.",
    order = 30)
public final class StatisticsCommand implements Command {

  private final ConnectionAdmin connections;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public StatisticsCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) ConnectionAdmin connections) {
    this.connections = connections;
  }

  @Override
  public Object grammar(Call call) {
    return new Statistics(connections, call);
  }

  @CommandLine.Command
  static final class Statistics implements Callable<Void> {
    private final ConnectionAdmin connections;
    private final Call call;

    @Option(names = "--json", description = "Writes one JSON array.")
    private boolean json;

    Statistics(ConnectionAdmin connections, Call call) {
      this.connections = connections;
      this.call = call;
    }

    @Override
    public Void call() throws Exception {
      new Connections(connections, call).ps(json);
      return null;
    }
  }
}
