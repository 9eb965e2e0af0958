package slipway.shell.commands.host;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import slipway.admin.ConnectionAdmin;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code connections}. */
@Component
@CommandName(name = "connections", help = "Lists the open connections and closes them.", order = 40)
public final class ConnectionsCommand implements Command {

  private final ConnectionAdmin connections;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public ConnectionsCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) ConnectionAdmin connections) {
    this.connections = connections;
  }

  @Override
  public Object grammar(Call call) {
    return new Connections(connections, call);
  }
}
