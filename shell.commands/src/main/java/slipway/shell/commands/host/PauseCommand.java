package slipway.shell.commands.host;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import slipway.admin.AcceptorAdmin;
import slipway.command.Call;
import slipway.command.CandidatesFor;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code pause}. */
@Component
@CommandName(
    name = "pause",
    help = "Stops accepting clients, on one port or on all; open connections stay.",
    order = 90)
public final class PauseCommand implements Command {

  private final AcceptorAdmin acceptors;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public PauseCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) AcceptorAdmin acceptors) {
    this.acceptors = acceptors;
  }

  @Override
  public Object grammar(Call call) {
    return new Pause(acceptors, call);
  }

  @CommandLine.Command(
      description = {
        "The acceptors get the state STOP, which is saved: clients wait in the backlog until resume,",
        "also after a restart. The admin socket is never paused."
      })
  static final class Pause implements Callable<Void> {
    private final AcceptorAdmin acceptors;
    private final Call call;

    @Parameters(
        paramLabel = Acserv.ACCEPTOR,
        arity = "0..1",
        description = "The acceptor's port, or its name. Without it: all except admin.")
    private String target;

    Pause(AcceptorAdmin acceptors, Call call) {
      this.acceptors = acceptors;
      this.call = call;
    }

    @Override
    public Void call() throws Exception {
      AcceptorAdmin admin = HostPart.need(acceptors, "acceptors");
      call.show(Acserv.ACCEPTORS, admin.pause(Optional.ofNullable(target)));
      return null;
    }

    @CandidatesFor(Acserv.ACCEPTOR)
    List<String> targets() {
      return Acserv.targets(acceptors);
    }
  }
}
