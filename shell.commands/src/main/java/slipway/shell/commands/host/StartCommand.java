package slipway.shell.commands.host;

import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import picocli.CommandLine;
import slipway.admin.AcceptorAdmin;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code start}. */
@Component
@CommandName(name = "start", help = "Starts all acceptors: the same as acserv start.", order = 70)
public final class StartCommand implements Command {

  private final AcceptorAdmin acceptors;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public StartCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) AcceptorAdmin acceptors) {
    this.acceptors = acceptors;
  }

  @Override
  public Object grammar(Call call) {
    return new Start(acceptors, call);
  }

  @CommandLine.Command(description = "Bundles are started by felix:start.")
  static final class Start implements Callable<Void> {
    private final AcceptorAdmin acceptors;
    private final Call call;

    Start(AcceptorAdmin acceptors, Call call) {
      this.acceptors = acceptors;
      this.call = call;
    }

    @Override
    public Void call() throws Exception {
      new Acserv(acceptors, call).start();
      return null;
    }
  }
}
