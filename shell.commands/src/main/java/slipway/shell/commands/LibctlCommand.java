package slipway.shell.commands;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
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
import slipway.admin.Caller;
import slipway.admin.ConnectionAdmin;
import slipway.admin.DeployAdmin;
import slipway.admin.DeployAdmin.Deployment;
import slipway.admin.DeployAdmin.Leak;
import slipway.admin.DeployAdmin.LibraryInstallation;
import slipway.admin.Ending;
import slipway.admin.ServiceAdmin;
import slipway.admin.ServiceState;
import slipway.service.ServiceNames;

/** The command {@code libctl}. */
@Component(
    service = Function.class,
    property = {GogoCommand.SCOPE, GogoCommand.NAME + "libctl"})
public final class LibctlCommand extends GogoCommand {

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
  Object grammar(CommandSession session, PrintStream out) {
    return new Libctl(services, deploys, connections, caller(session), out);
  }

  @Command(
      name = "libctl",
      description = "Shows the services, changes their states and deploys new versions.")
  static final class Libctl {
    private static final String JSON = "Writes one JSON array.";
    private static final String NAME = "The service's name, also as ./Services/NAME.dll.";
    private static final String JAR =
        "The jar of a service or of a library. A relative path counts from where bin/slipway is called, in the "
            + "console from the host's folder.";

    private final ServiceAdmin services;
    private final DeployAdmin deploys;
    private final ConnectionAdmin connections;
    private final Caller caller;
    private final PrintStream out;

    Libctl(
        ServiceAdmin services,
        DeployAdmin deploys,
        ConnectionAdmin connections,
        Caller caller,
        PrintStream out) {
      this.services = services;
      this.deploys = deploys;
      this.connections = connections;
      this.caller = caller;
      this.out = out;
    }

    @Command(
        description =
            "Lists the services; one that has several versions has several lines. Files in services/ and "
                + "conf/ that are refused come last; acserv ps has those of acceptors.")
    void ps(@Option(names = "--json", description = JSON) boolean json) throws AdminException {
      Stream<ServiceRow> refused =
          deploys == null ? Stream.empty() : deploys.refused().stream().map(ServiceRow::of);
      Stream<ServiceRow> files =
          Stream.concat(refused, services().refusedConfigurations().stream().map(ServiceRow::of));
      List<ServiceRow> rows =
          Stream.concat(services().services().stream().map(ServiceRow::of), files).toList();
      show(Listings.SERVICES, rows, json);
    }

    @Command(
        description = "Gives a service a state, saves it, and shows the service as it is then.")
    void state(
        @Parameters(paramLabel = Labels.SERVICE, description = NAME) String name,
        @Parameters(
                paramLabel = Labels.STATE,
                description =
                    "0 LOADED, 1 LOCKED, 2 WAITLOCKED or 3 FIXED: the number or the word.")
            ServiceState state,
        @Option(
                names = "--timeout",
                paramLabel = Labels.DURATION,
                description =
                    "With WAITLOCKED: waits until the connections have ended, at most so long, "
                        + "such as 500ms, 60s or 5m, closes those that are left, and says how many "
                        + "they were. The service is LOCKED then.")
            Duration timeout)
        throws Exception {
      String service = Text.quoted(ServiceNames.parse(name).orElse(name));
      new Waits(caller, "libctl state")
          .accept(service + (state.admits() ? " to start" : " to stop"));
      if (timeout == null) {
        show(Listings.SERVICES, List.of(ServiceRow.of(services().setState(name, state))), false);
      } else if (state == ServiceState.WAITLOCKED) {
        lock(name, timeout);
      } else {
        throw new AdminException(
            "libctl state: --timeout with STATE "
                + state
                + ": allowed with 2 WAITLOCKED alone; see: libctl state --help");
      }
    }

    private void lock(String name, Duration timeout) throws Exception {
      ServiceAdmin admin = services();
      String service = ServiceNames.parse(name).orElse(name);
      Progress progress =
          new Progress(connections, connection -> connection.service().equals(service), out);
      Ending ending = progress.during(() -> admin.lockWithin(name, timeout));
      out.print(Text.quoted(service) + " is LOCKED: " + Text.of(ending) + "\n");
    }

    @Command(description = "Shows what install would do, and does nothing.")
    void plan(
        @Parameters(paramLabel = Labels.JAR, description = JAR) URI jar,
        @Option(names = "--json", description = JSON) boolean json)
        throws AdminException {
      new Waits(caller, "libctl plan").accept("the jar to be read");
      show(Listings.PLANS, List.of(deploys().plan(jar)), json);
    }

    @Command(
        description =
            "Puts a jar into services/, starts it beside the version that serves, and gives new "
                + "connections to it once it is ready. If it fails, nothing changes. A library takes "
                + "the place of the one with its name.")
    void install(
        @Parameters(paramLabel = Labels.JAR, description = JAR) URI jar,
        @Option(
                names = "--force",
                description = "Also if others are restarted by it; plan shows who.")
            boolean force)
        throws AdminException, InterruptedException {
      switch (deploys().install(jar, force, new Waits(caller, "libctl install"))) {
        case Deployment deployment -> show(Listings.DEPLOYMENTS, List.of(deployment), false);
        case LibraryInstallation library -> {
          show(Listings.LIBRARIES, List.of(library), false);
          if (!library.restarted().isEmpty()) {
            out.print(Text.of(library.connections()) + "\n");
          }
        }
      }
    }

    @Command(description = "Goes back to the version before the one that serves.")
    void rollback(@Parameters(paramLabel = Labels.SERVICE, description = NAME) String name)
        throws AdminException, InterruptedException {
      Deployment done = deploys().rollback(name, new Waits(caller, "libctl rollback"));
      show(Listings.DEPLOYMENTS, List.of(done), false);
    }

    @Command(description = "Lists what was deployed for a service, the newest first.")
    void history(
        @Parameters(paramLabel = Labels.SERVICE, description = NAME) String name,
        @Option(names = "--json", description = JSON) boolean json)
        throws AdminException {
      List<Deployment> listed = deploys().history(name);
      show(Listings.DEPLOYMENTS, listed, json);
    }

    @Command(
        description =
            "Lists versions that are gone but still in memory, and what holds them. Fails if there are any, "
                + "except those that static memory of a library holds, one of each service.")
    void leaks(@Option(names = "--json", description = JSON) boolean json) throws AdminException {
      List<Leak> listed = deploys().leaks();
      show(Listings.LEAKS, listed, json);
      int bounded = (int) listed.stream().filter(Leak::bounded).count();
      if (bounded > 0 && !json) {
        out.print(
            (bounded == 1 ? "1 version is" : bounded + " versions are")
                + " held by static memory of libraries alone, one of a service: it does not grow\n");
      }
      int growing = listed.size() - bounded;
      if (growing > 0) {
        throw new AdminException(
            growing == 1
                ? "1 version is gone but still in memory"
                : growing + " versions are gone but still in memory");
      }
    }

    private <T> void show(Listing<T> listing, List<T> rows, boolean json) {
      out.print(json ? listing.json(rows) : listing.table(rows));
    }

    private ServiceAdmin services() throws AdminException {
      return Grammar.need(services, "services");
    }

    private DeployAdmin deploys() throws AdminException {
      return Grammar.need(deploys, "versions");
    }
  }
}
