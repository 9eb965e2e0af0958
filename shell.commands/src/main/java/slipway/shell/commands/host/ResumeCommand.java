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

/** The command {@code resume}. */
@Component
@CommandName(
    name = "resume",
    help = "Accepts clients again after pause, on one port or on all.",
    order = 100)
public final class ResumeCommand implements Command {

  private final AcceptorAdmin acceptors;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public ResumeCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) AcceptorAdmin acceptors) {
    this.acceptors = acceptors;
  }

  @Override
  public Object grammar(Call call) {
    return new Resume(acceptors, call);
  }

  @CommandLine.Command(
      description =
          "The acceptors get the state START, even if something other "
              + "than pause stopped them.")
  static final class Resume implements Callable<Void> {
    private final AcceptorAdmin acceptors;
    private final Call call;

    @Parameters(
        paramLabel = Acserv.ACCEPTOR,
        arity = "0..1",
        description = "The acceptor's port, or its name. Without it: all except admin.")
    private String target;

    Resume(AcceptorAdmin acceptors, Call call) {
      this.acceptors = acceptors;
      this.call = call;
    }

    @Override
    public Void call() throws Exception {
      AcceptorAdmin admin = HostPart.need(acceptors, "acceptors");
      call.show(Acserv.ACCEPTORS, admin.resume(Optional.ofNullable(target)));
      return null;
    }

    @CandidatesFor(Acserv.ACCEPTOR)
    List<String> targets() {
      return Acserv.targets(acceptors);
    }
  }
}
