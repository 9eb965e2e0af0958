package slipway.shell.commands;

import java.io.PrintStream;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.admin.AdminException;
import slipway.admin.ServiceAdmin;
import slipway.admin.ServiceState;

/** The command {@code libctl}. */
@Component(
    service = Function.class,
    property = {GogoCommand.SCOPE, GogoCommand.NAME + "libctl"})
public final class LibctlCommand extends GogoCommand {

  private final ServiceAdmin services;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public LibctlCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) ServiceAdmin services) {
    this.services = services;
  }

  @Override
  Object grammar(CommandSession session, PrintStream out) {
    return new Libctl(services, out);
  }

  @Command(name = "libctl", description = "Shows the services and changes their states.")
  static final class Libctl {
    private final ServiceAdmin services;
    private final PrintStream out;

    Libctl(ServiceAdmin services, PrintStream out) {
      this.services = services;
      this.out = out;
    }

    @Command(description = "Lists the services.")
    void ps(@Option(names = "--json", description = "Writes one JSON array.") boolean json)
        throws AdminException {
      var listed = Grammar.need(services, "services").services();
      out.print(json ? Listings.SERVICES.json(listed) : Listings.SERVICES.table(listed));
    }

    @Command(
        description = "Gives a service a state, saves it, and shows the service as it is then.")
    void state(
        @Parameters(
                paramLabel = Labels.SERVICE,
                description = "The service's name, also as ./Services/NAME.dll.")
            String name,
        @Parameters(
                paramLabel = Labels.STATE,
                description =
                    "0 LOADED, 1 LOCKED, 2 WAITLOCKED or 3 FIXED: the number or the word.")
            ServiceState state)
        throws AdminException, InterruptedException {
      var changed = Grammar.need(services, "services").setState(name, state);
      out.print(Listings.SERVICES.table(List.of(changed)));
    }
  }
}
