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

/** The command {@code stop}. */
@Component(
    service = Function.class,
    property = {GogoCommand.SCOPE, GogoCommand.NAME + "stop"})
public final class StopCommand extends GogoCommand {

  private final AcceptorAdmin acceptors;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public StopCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) AcceptorAdmin acceptors) {
    this.acceptors = acceptors;
  }

  @Override
  Object grammar(CommandSession session, PrintStream out) {
    return new Stop(new AcservCommand.Acserv(acceptors, out));
  }

  @Command(
      name = "stop",
      description = {
        "Stops all acceptors: the same as acserv stop.",
        "Bundles are stopped by felix:stop."
      })
  static final class Stop implements Callable<Void> {
    private final AcservCommand.Acserv acserv;

    Stop(AcservCommand.Acserv acserv) {
      this.acserv = acserv;
    }

    @Override
    public Void call() throws Exception {
      acserv.stop();
      return null;
    }
  }
}
