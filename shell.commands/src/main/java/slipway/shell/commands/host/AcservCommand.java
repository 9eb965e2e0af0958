package slipway.shell.commands.host;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import slipway.admin.AcceptorAdmin;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code acserv}. */
@Component
@CommandName(name = "acserv", help = "Shows the acceptors and changes their states.", order = 20)
public final class AcservCommand implements Command {

  private final AcceptorAdmin acceptors;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public AcservCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) AcceptorAdmin acceptors) {
    this.acceptors = acceptors;
  }

  @Override
  public Object grammar(Call call) {
    return new Acserv(acceptors, call);
  }
}
