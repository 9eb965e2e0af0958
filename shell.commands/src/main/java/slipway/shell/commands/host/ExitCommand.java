package slipway.shell.commands.host;

import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import picocli.CommandLine;
import slipway.admin.HostAdmin;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code exit}. */
@Component
@CommandName(
    name = "exit",
    help = "Exits now, and closes the connections that are open.",
    order = 145)
public final class ExitCommand implements Command {

  private final HostAdmin host;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public ExitCommand(@Reference(cardinality = ReferenceCardinality.OPTIONAL) HostAdmin host) {
    this.host = host;
  }

  @Override
  public Object grammar(Call call) {
    return new Exit(host, call);
  }

  @CommandLine.Command
  static final class Exit implements Callable<Void> {
    private final HostAdmin host;
    private final Call call;

    Exit(HostAdmin host, Call call) {
      this.host = host;
      this.call = call;
    }

    @Override
    public Void call() throws Exception {
      HostAdmin admin = HostPart.need(host, "connections");
      call.out().print("exiting\n"); // before the host begins to close what is open
      admin.exit();
      return null;
    }
  }
}
