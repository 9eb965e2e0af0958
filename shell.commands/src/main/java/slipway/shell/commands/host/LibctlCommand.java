package slipway.shell.commands.host;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import slipway.admin.ConnectionAdmin;
import slipway.admin.DeployAdmin;
import slipway.admin.ServiceAdmin;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code libctl}. */
@Component
@CommandName(
    name = "libctl",
    help = "Shows the services, changes their states and deploys new versions.",
    order = 10)
public final class LibctlCommand implements Command {

  private final ServiceAdmin services;
  private final DeployAdmin deploys;
  private final ConnectionAdmin connections;

  /** Called by Declarative Services; a service is null while it is absent. */
  @Activate
  public LibctlCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) ServiceAdmin services,
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) DeployAdmin deploys,
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) ConnectionAdmin connections) {
    this.services = services;
    this.deploys = deploys;
    this.connections = connections;
  }

  @Override
  public Object grammar(Call call) {
    return new Libctl(services, deploys, connections, call);
  }
}
