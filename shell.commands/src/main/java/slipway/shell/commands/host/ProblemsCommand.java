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
import slipway.command.Text;

/** The command {@code problems}. */
@Component
@CommandName(
    name = "problems",
    help =
        "Lists what is configured but does not work, one line each: files that are refused, "
            + "acceptors that are not bound, FIXED services that do not run, LOADED ones that "
            + "cannot be resolved. Prints nothing if all is well.",
    order = 110)
public final class ProblemsCommand implements Command {

  private final HostAdmin host;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public ProblemsCommand(@Reference(cardinality = ReferenceCardinality.OPTIONAL) HostAdmin host) {
    this.host = host;
  }

  @Override
  public Object grammar(Call call) {
    return new Problems(host, call);
  }

  @CommandLine.Command
  static final class Problems implements Callable<Void> {
    private final HostAdmin host;
    private final Call call;

    Problems(HostAdmin host, Call call) {
      this.host = host;
      this.call = call;
    }

    @Override
    public Void call() throws Exception {
      for (String problem : HostPart.need(host, "configuration").problems()) {
        call.out().print(Text.of(problem) + "\n");
      }
      return null;
    }
  }
}
