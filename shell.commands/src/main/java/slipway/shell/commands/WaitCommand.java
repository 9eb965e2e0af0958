package slipway.shell.commands;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import slipway.admin.AdminException;
import slipway.admin.ConnectionAdmin;
import slipway.admin.HostAdmin;
import slipway.config.Durations;

/** The command {@code wait}. */
@Component(
    service = Function.class,
    property = {GogoCommand.SCOPE, GogoCommand.NAME + "wait"})
public final class WaitCommand extends GogoCommand {

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
  Object grammar(CommandSession session, PrintStream out) {
    return new Wait(host, new Progress(connections, out), new Waits(caller(session), "wait"), out);
  }

  @Command(
      name = "wait",
      description = "Stops accepting, waits until all connections have ended, and accepts again.")
  static final class Wait implements Callable<Void> {
    private final HostAdmin host;
    private final Progress progress;
    private final Waits waits;
    private final PrintStream out;

    @Option(
        names = "--timeout",
        paramLabel = Labels.DURATION,
        description =
            "How long to wait, such as 500ms, 60s or 5m. Without it: as long as it takes.")
    private Duration timeout;

    Wait(HostAdmin host, Progress progress, Waits waits, PrintStream out) {
      this.host = host;
      this.progress = progress;
      this.waits = waits;
      this.out = out;
    }

    @Override
    public Void call() throws Exception {
      HostAdmin admin = Grammar.need(host, "connections");
      waits.accept("all connections to end; bin/slipway statistics shows them");
      int open = progress.during(() -> admin.awaitConnections(Optional.ofNullable(timeout)));
      if (open > 0) {
        throw new AdminException(
            Progress.stillOpen(open) + " after " + Durations.format(timeout) + "; accepting again");
      }
      out.print("all connections have ended\n");
      return null;
    }
  }
}
