package slipway.shell.commands.host;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import slipway.admin.ConnectionAdmin;
import slipway.admin.HostAdmin;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandException;
import slipway.command.CommandName;
import slipway.config.Durations;

/** The command {@code wait}. */
@Component
@CommandName(
    name = "wait",
    help = "Stops accepting clients, waits until all connections have ended, and accepts again.",
    order = 130)
public final class WaitCommand implements Command {

  private final HostAdmin host;
  private final ConnectionAdmin connections;

  /** Called by Declarative Services; a service is null while it is absent. */
  @Activate
  public WaitCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) HostAdmin host,
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) ConnectionAdmin connections) {
    this.host = host;
    this.connections = connections;
  }

  @Override
  public Object grammar(Call call) {
    return new Wait(host, connections, call);
  }

  @CommandLine.Command
  static final class Wait implements Callable<Void> {
    private final HostAdmin host;
    private final ConnectionAdmin connections;
    private final Call call;

    @Option(
        names = "--timeout",
        paramLabel = "DURATION",
        description =
            "How long to wait, such as 500ms, 60s or 5m. Without it: as long as it takes.")
    private Duration timeout;

    Wait(HostAdmin host, ConnectionAdmin connections, Call call) {
      this.host = host;
      this.connections = connections;
      this.call = call;
    }

    @Override
    public Void call() throws Exception {
      HostAdmin admin = HostPart.need(host, "connections");
      call.waits("all connections to end; bin/slipway statistics shows them");
      int open =
          new Progress(connections, call.out())
              .during(() -> admin.awaitConnections(Optional.ofNullable(timeout)));
      if (open > 0) {
        throw new CommandException(
            Progress.stillOpen(open) + " after " + Durations.format(timeout) + "; accepting again");
      }
      call.out().print("all connections have ended\n");
      return null;
    }
  }
}
