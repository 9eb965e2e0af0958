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
import slipway.admin.AcceptorAdmin;

/** The command {@code start}. */
@Component(
    service = Function.class,
    property = {GogoCommand.SCOPE, GogoCommand.NAME + "start"})
public final class StartCommand extends GogoCommand {

  private final AcceptorAdmin acceptors;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public StartCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) AcceptorAdmin acceptors) {
    this.acceptors = acceptors;
  }

  @Override
  Object grammar(CommandSession session, PrintStream out) {
    return new Start(new AcservCommand.Acserv(acceptors, out));
  }

  @Command(
      name = "start",
      description = {
        "Starts all acceptors: the same as acserv start.",
        "Bundles are started by felix:start."
      })
  static final class Start implements Callable<Void> {
    private final AcservCommand.Acserv acserv;

    Start(AcservCommand.Acserv acserv) {
      this.acserv = acserv;
    }

    @Override
    public Void call() throws Exception {
      acserv.start();
      return null;
    }
  }
}
