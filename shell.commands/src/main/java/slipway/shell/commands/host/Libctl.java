package slipway.shell.commands.host;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.admin.ConnectionAdmin;
import slipway.admin.DeployAdmin;
import slipway.admin.DeployAdmin.Deployment;
import slipway.admin.DeployAdmin.Leak;
import slipway.admin.DeployAdmin.LibraryInstallation;
import slipway.admin.DeployAdmin.Plan;
import slipway.admin.Ending;
import slipway.admin.ServiceAdmin;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.command.Call;
import slipway.command.CandidatesFor;
import slipway.command.Column;
import slipway.command.CommandException;
import slipway.command.Form;
import slipway.command.Table;
import slipway.command.Text;
import slipway.service.ServiceNames;

/** The verbs of {@code libctl}. */
@Command
final class Libctl {

  private static final Table<Plan> PLANS =
      Table.of(
          new Column<>("Service", "service", Plan::service),
          new Column<>("Library", "library", Plan::library),
          new Column<>("Version", "version", Plan::version),
          new Column<>("Replaces", "replaces", Plan::replaces),
          new Column<>("Runs", "runs", Plan::runs),
          new Column<>("Touches", "touches", Plan::touched));

  private static final Table<Deployment> DEPLOYMENTS =
      Table.of(
          new Column<>("Service", "service", Deployment::service),
          new Column<>("Version", "version", Deployment::version),
          new Column<>("Time", "time", Deployment::when),
          new Column<>("By", "by", Deployment::by),
          new Column<>("Digest", "digest", Deployment::digest, Libctl::shortened),
          new Column<>("Source", "source", Deployment::source),
          new Column<>("Outcome", "outcome", Deployment::outcome));

  private static final Table<LibraryInstallation> LIBRARIES =
      Table.of(
          new Column<>("Library", "library", LibraryInstallation::library),
          new Column<>("Version", "version", LibraryInstallation::version),
          new Column<>("Replaced", "replaced", LibraryInstallation::replaced),
          new Column<>("Restarted", "restarted", LibraryInstallation::restarted));

  private static final Table<Leak> LEAKS =
      Table.of(
          new Column<>("Service", "service", Leak::service),
          new Column<>("Version", "version", Leak::version),
          new Column<>("Bundle", "bundle", Leak::bundleId),
          new Column<>("Gone since", "gone", Leak::gone),
          new Column<>("Holders", "holders", Leak::holders));

  /** How many digits of a digest suffice for a person to recognize it. */
  private static final int SHOWN = 12;

  private static final String NAME = "NAME";
  private static final String FILE = "FILE|URL";
  private static final String JSON = "Writes one JSON array.";
  private static final String SERVICE = "The service's name, also as ./Services/NAME.dll.";
  private static final String JAR =
      "The jar of a service or of a library. A relative path starts at the folder in which "
          + "bin/slipway is called, in the console at the host's folder.";

  private final ServiceAdmin services;
  private final DeployAdmin deploys;
  private final ConnectionAdmin connections;
  private final Call call;

  Libctl(ServiceAdmin services, DeployAdmin deploys, ConnectionAdmin connections, Call call) {
    this.services = services;
    this.deploys = deploys;
    this.connections = connections;
    this.call = call;
  }

  @Command(
      description =
          "Lists the services; one that has several versions has several lines. Files in services/ and "
              + "conf/ that are refused come last; acserv ps has those of acceptors.")
  void ps(@Option(names = "--json", description = JSON) boolean json) throws CommandException {
    Stream<ServiceRow> refused =
        deploys == null ? Stream.empty() : deploys.refused().stream().map(ServiceRow::of);
    Stream<ServiceRow> files =
        Stream.concat(refused, services().refusedConfigurations().stream().map(ServiceRow::of));
    List<ServiceRow> rows =
        Stream.concat(services().services().stream().map(ServiceRow::of), files).toList();
    call.show(ServiceRow.TABLE, rows, Form.json(json));
  }

  @Command(description = "Gives a service a state, saves it, and shows the result.")
  void state(
      @Parameters(paramLabel = NAME, description = SERVICE) String name,
      @Parameters(
              paramLabel = "STATE",
              converter = ToState.class,
              completionCandidates = StateWords.class,
              description = "0 LOADED, 1 LOCKED, 2 WAITLOCKED or 3 FIXED: the number or the word.")
          ServiceState state,
      @Option(
              names = "--timeout",
              paramLabel = "DURATION",
              description =
                  "With WAITLOCKED: waits until the connections have ended, at most this long, "
                      + "such as 500ms, 60s or 5m, closes those that are left, and says how "
                      + "many there were. The service is then LOCKED.")
          Duration timeout)
      throws Exception {
    String service = Text.quoted(ServiceNames.parse(name).orElse(name));
    call.waits(service + (state.admits() ? " to start" : " to stop"));
    if (timeout == null) {
      call.show(ServiceRow.TABLE, List.of(ServiceRow.of(services().setState(name, state))));
    } else if (state == ServiceState.WAITLOCKED) {
      lock(name, timeout);
    } else {
      throw new CommandException(
          "libctl state: --timeout with STATE "
              + state
              + ": allowed only with 2 WAITLOCKED; see: libctl state --help");
    }
  }

  private void lock(String name, Duration timeout) throws Exception {
    ServiceAdmin admin = services();
    String service = ServiceNames.parse(name).orElse(name);
    Progress progress =
        new Progress(connections, connection -> connection.service().equals(service), call.out());
    Ending ending = progress.during(() -> admin.lockWithin(name, timeout));
    call.out().print(Text.quoted(service) + " is LOCKED: " + Endings.text(ending) + "\n");
  }

  @Command(description = "Shows what install would do, and does nothing.")
  void plan(
      @Parameters(paramLabel = FILE, converter = Jar.Converter.class, description = JAR) Jar jar,
      @Option(names = "--json", description = JSON) boolean json)
      throws Exception {
    call.waits("the jar to be read");
    call.show(PLANS, List.of(deploys().plan(jar.from(call.directory()))), Form.json(json));
  }

  @Command(
      description =
          "Puts a jar into services/, starts it beside the version that serves, and gives new "
              + "connections to it once it is ready. If it fails, nothing changes. A library "
              + "replaces the one of the same name.")
  void install(
      @Parameters(paramLabel = FILE, converter = Jar.Converter.class, description = JAR) Jar jar,
      @Option(
              names = "--force",
              description = "Even if that restarts other bundles; plan shows which.")
          boolean force)
      throws Exception {
    switch (deploys().install(jar.from(call.directory()), force, call::waits)) {
      case Deployment deployment -> show(deployment);
      case LibraryInstallation library -> {
        call.show(LIBRARIES, List.of(library));
        if (!library.restarted().isEmpty()) {
          call.out().print(Endings.text(library.connections()) + "\n");
        }
      }
    }
  }

  @Command(description = "Returns to the version before the one that serves.")
  void rollback(@Parameters(paramLabel = NAME, description = SERVICE) String name)
      throws Exception {
    show(deploys().rollback(name, call::waits));
  }

  private void show(Deployment done) {
    call.show(DEPLOYMENTS, List.of(done));
    if (!done.tookOver().isEmpty()) {
      call.out()
          .print(done.service() + " " + done.version() + " goes on with " + done.tookOver() + "\n");
    }
  }

  @Command(description = "Lists what was deployed for a service, the newest first.")
  void history(
      @Parameters(paramLabel = NAME, description = SERVICE) String name,
      @Option(names = "--json", description = JSON) boolean json)
      throws Exception {
    List<Deployment> listed = deploys().history(name);
    call.show(DEPLOYMENTS, listed, Form.json(json));
  }

  @Command(
      description =
          "Lists versions that are gone but still in memory, and what holds them. Fails if there are any, "
              + "except those that only static memory of a library holds, one of each service.")
  void leaks(@Option(names = "--json", description = JSON) boolean json) throws Exception {
    List<Leak> listed = deploys().leaks();
    call.show(LEAKS, listed, Form.json(json));
    int bounded = (int) listed.stream().filter(Leak::bounded).count();
    if (bounded > 0 && !json) {
      call.out()
          .print(
              (bounded == 1 ? "1 version is" : bounded + " versions are")
                  + " held by static memory of libraries alone, one of a service: it does not grow\n");
    }
    int growing = listed.size() - bounded;
    if (growing > 0) {
      throw new CommandException(
          growing == 1
              ? "1 version is gone but still in memory"
              : growing + " versions are gone but still in memory");
    }
  }

  private ServiceAdmin services() throws CommandException {
    return HostPart.need(services, "services");
  }

  private DeployAdmin deploys() throws CommandException {
    return HostPart.need(deploys, "versions");
  }

  @CandidatesFor(NAME)
  List<String> names() {
    return services == null
        ? List.of()
        : services.services().stream().map(ServiceStatus::name).toList();
  }

  @CandidatesFor(FILE)
  List<String> jars(String typed) {
    return JarFiles.candidates(typed, call.directory());
  }

  private static String shortened(Deployment deployment) {
    String digest = deployment.digest();
    return digest.substring(0, Math.min(SHOWN, digest.length()));
  }

  static final class ToState implements ITypeConverter<ServiceState> {
    @Override
    public ServiceState convert(String text) {
      return ServiceState.parse(text).orElseThrow(() -> States.unknown(ServiceState.values()));
    }
  }

  static final class StateWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return States.words(ServiceState.values()).iterator();
    }
  }
}
