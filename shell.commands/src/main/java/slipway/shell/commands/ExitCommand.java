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
import slipway.admin.HostAdmin;

/** The command {@code exit}. */
@Component(
    service = Function.class,
    property = {GogoCommand.SCOPE, GogoCommand.NAME + "exit"})
public final class ExitCommand extends GogoCommand {

  private final HostAdmin host;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public ExitCommand(@Reference(cardinality = ReferenceCardinality.OPTIONAL) HostAdmin host) {
    this.host = host;
  }

  @Override
  Object grammar(CommandSession session, PrintStream out) {
    return new Exit(host, out);
  }

  @Command(name = "exit", description = "Exits now, and closes the connections that are open.")
  static final class Exit implements Callable<Void> {
    private final HostAdmin host;
    private final PrintStream out;

    Exit(HostAdmin host, PrintStream out) {
      this.host = host;
      this.out = out;
    }

    @Override
    public Void call() throws Exception {
      HostAdmin admin = Grammar.need(host, "connections");
      out.print("exiting\n"); // before the host begins to close what is open
      admin.exit();
      return null;
    }
  }
}
