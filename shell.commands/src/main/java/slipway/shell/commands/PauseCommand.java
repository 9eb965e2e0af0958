package slipway.shell.commands;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import slipway.admin.AcceptorAdmin;

/** The command {@code pause}. */
@Component(
    service = Function.class,
    property = {GogoCommand.SCOPE, GogoCommand.NAME + "pause"})
public final class PauseCommand extends GogoCommand {

  private final AcceptorAdmin acceptors;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public PauseCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) AcceptorAdmin acceptors) {
    this.acceptors = acceptors;
  }

  @Override
  Object grammar(CommandSession session, PrintStream out) {
    return new Pause(acceptors, out);
  }

  @Command(
      name = "pause",
      description = {
        "Stops accepting, on one port or on all; open connections stay.",
        "The acceptors get the state STOP, which is saved: clients wait in the backlog until resume,",
        "also after a restart. The admin socket is never paused."
      })
  static final class Pause implements Callable<Void> {
    private final AcceptorAdmin acceptors;
    private final PrintStream out;

    @Parameters(
        paramLabel = Labels.ACCEPTOR,
        arity = "0..1",
        description = "The acceptor's port, or its name. Without it: all but that of admin.")
    private String target;

    Pause(AcceptorAdmin acceptors, PrintStream out) {
      this.acceptors = acceptors;
      this.out = out;
    }

    @Override
    public Void call() throws Exception {
      AcceptorAdmin admin = Grammar.need(acceptors, "acceptors");
      out.print(Listings.ACCEPTORS.table(admin.pause(Optional.ofNullable(target))));
      return null;
    }
  }
}
