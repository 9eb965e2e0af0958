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
import slipway.admin.ConnectionAdmin;
import slipway.admin.Ending;
import slipway.admin.HostAdmin;

/** The command {@code shutdown}. */
@Component(
    service = Function.class,
    property = {GogoCommand.SCOPE, GogoCommand.NAME + "shutdown"})
public final class ShutdownCommand extends GogoCommand {

  private final HostAdmin host;
  private final ConnectionAdmin connections;

  /** Called by Declarative Services; a service is null while it is absent. */
  @Activate
  public ShutdownCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) HostAdmin host,
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) ConnectionAdmin connections) {
    this.host = host;
    this.connections = connections;
  }

  @Override
  Object grammar(CommandSession session, PrintStream out) {
    return new Shutdown(
        host, new Progress(connections, out), new Waits(caller(session), "shutdown"), out);
  }

  @Command(
      name = "shutdown",
      description = "Stops accepting, waits until all connections have ended, and exits.")
  static final class Shutdown implements Callable<Void> {
    private final HostAdmin host;
    private final Progress progress;
    private final Waits waits;
    private final PrintStream out;

    @Option(
        names = "--timeout",
        paramLabel = Labels.DURATION,
        description =
            "How long to wait, such as 500ms, 60s or 5m, before those that are open are closed. "
                + "Without it: as long as it takes.")
    private Duration timeout;

    Shutdown(HostAdmin host, Progress progress, Waits waits, PrintStream out) {
      this.host = host;
      this.progress = progress;
      this.waits = waits;
      this.out = out;
    }

    @Override
    public Void call() throws Exception {
      HostAdmin admin = Grammar.need(host, "connections");
      waits.accept("all connections to end; bin/slipway statistics shows them");
      Ending ending = progress.during(() -> admin.shutdown(Optional.ofNullable(timeout)));
      out.print("exiting: " + Text.of(ending) + "\n");
      return null;
    }
  }
}
