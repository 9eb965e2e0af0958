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

/** The command {@code stop}. */
@Component
@CommandName(name = "stop", help = "Stops all acceptors: the same as acserv stop.", order = 80)
public final class StopCommand implements Command {

  private final AcceptorAdmin acceptors;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public StopCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) AcceptorAdmin acceptors) {
    this.acceptors = acceptors;
  }

  @Override
  public Object grammar(Call call) {
    return new Stop(acceptors, call);
  }

  @CommandLine.Command(description = "Bundles are stopped by felix:stop.")
  static final class Stop implements Callable<Void> {
    private final AcceptorAdmin acceptors;
    private final Call call;

    Stop(AcceptorAdmin acceptors, Call call) {
      this.acceptors = acceptors;
      this.call = call;
    }

    @Override
    public Void call() throws Exception {
      new Acserv(acceptors, call).stop();
      return null;
    }
  }
}
