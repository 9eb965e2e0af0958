package slipway.shell.commands.host;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import slipway.admin.AcceptorAdmin;
import slipway.admin.AcceptorState;
import slipway.admin.AcceptorStatus;
import slipway.admin.AdminException;
import slipway.admin.ConnectionAdmin;
import slipway.admin.ConnectionStatus;
import slipway.admin.DeployAdmin;
import slipway.admin.Ending;
import slipway.admin.HostAdmin;
import slipway.admin.RefusedFile;
import slipway.admin.ServiceAdmin;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.admin.ServiceUse;
import slipway.service.Audience;

/** A host without sockets: shows what a test puts there and remembers what was asked for. */
final class FakeHost
    implements ServiceAdmin, DeployAdmin, AcceptorAdmin, ConnectionAdmin, HostAdmin {

  private static final String DIGEST =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  final List<ServiceStatus> services = new ArrayList<>();
  final List<AcceptorStatus> acceptors = new ArrayList<>();
  final List<ConnectionStatus> connections = new ArrayList<>();
  final List<String> touched = new ArrayList<>();

  /** What the service runs beside its connections. */
  String runs = "";

  final List<Leak> leaks = new ArrayList<>();
  final List<Refused> refused = new ArrayList<>();
  final List<RefusedFile> refusedFiles = new ArrayList<>();
  final List<RefusedFile> refusedConfigurations = new ArrayList<>();
  final List<String> problems = new ArrayList<>();
  final List<String> calls = new ArrayList<>();
  Waiting waiting = timeout -> 0;

  /** What waiting for connections does; gives how many are still open. */
  interface Waiting {
    int await(Optional<Duration> timeout) throws InterruptedException;
  }

  FakeHost() {
    services.add(new ServiceStatus("echo", 12, ServiceState.FIXED, "1.0.0", 17, "ACTIVE", ""));
    services.add(new ServiceStatus("ghost", 0, ServiceState.LOCKED, "", -1, "", "no bundle"));
    acceptors.add(acceptor("main", "127.0.0.1", 2000, AcceptorState.START, ""));
    acceptors.add(acceptor("admin", "unix:var/run/admin.sock", 0, AcceptorState.START, "admin"));
    connections.add(connection(7, "echo", "127.0.0.1", 51234, 1_234_567));
    connections.add(connection(8, "admin", "unix", 0, 9));
  }

  static AcceptorStatus acceptor(
      String name, String address, int port, AcceptorState state, String service) {
    String transport = port == 0 ? "epoll/unix" : "epoll/tcp";
    return new AcceptorStatus(
        address, port, state, name, service, 1, transport, true, audience(service), "");
  }

  static ConnectionStatus connection(long id, String service, String address, int port, long in) {
    Instant since = Instant.parse("2026-01-02T03:04:05.678Z");
    return new ConnectionStatus(
        id, service, address, port, since, "main", "1.0.0", in, 42, audience(service));
  }

  private static Audience audience(String service) {
    return service.equals("admin") ? Audience.OPERATORS : Audience.USERS;
  }

  @Override
  public List<ServiceStatus> services() {
    return List.copyOf(services);
  }

  @Override
  public ServiceStatus setState(String name, ServiceState state) throws AdminException {
    calls.add("service " + name + " " + state);
    if (name.equals("nowhere")) {
      throw new AdminException("no bundle provides nowhere");
    }
    return new ServiceStatus("echo", 0, state, "1.0.0", 17, "ACTIVE", "");
  }

  @Override
  public Ending lockWithin(String name, Duration timeout) throws InterruptedException {
    calls.add("lock " + name + " within " + timeout);
    return new Ending(3, waiting.await(Optional.of(timeout)));
  }

  @Override
  public ServiceUse use(String name, Runnable leave) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Plan plan(URI jar) throws AdminException {
    calls.add("plan " + jar);
    return new Plan("echo", "", "1.1.0", "1.0.0", runs, List.copyOf(touched));
  }

  @Override
  public Installation install(URI jar, boolean force, Consumer<String> awaited)
      throws AdminException {
    awaited.accept("echo 1.1.0 to start");
    calls.add("install " + jar + (force ? " by force" : ""));
    if (!touched.isEmpty() && !force) {
      throw new AdminException("other bundles would be restarted: " + touched);
    }
    if (jar.toString().endsWith("library.jar")) {
      return new LibraryInstallation(
          "org.shared", "2.0.0", "1.0.0", List.copyOf(touched), new Ending(3, 1));
    }
    return deployment("1.1.0", "install", jar.toString(), "serves").tookOver(runs);
  }

  @Override
  public Deployment rollback(String service, Consumer<String> awaited) {
    awaited.accept("echo 1.0.0 to start");
    calls.add("rollback " + service);
    return deployment("1.0.0", "rollback", "services/echo.jar", "serves").tookOver(runs);
  }

  @Override
  public List<Deployment> history(String service) {
    calls.add("history " + service);
    return List.of(
        deployment("1.2.0", "file", "services/echo.jar", "failed: it registers no service"),
        deployment("1.1.0", "install", "https://example.org/echo.jar", "serves"));
  }

  private static Deployment deployment(String version, String by, String source, String outcome) {
    return new Deployment(
        "echo", version, Instant.parse("2026-01-02T03:04:05.678Z"), by, source, DIGEST, outcome);
  }

  @Override
  public List<Refused> refused() {
    return List.copyOf(refused);
  }

  @Override
  public List<Leak> leaks() {
    return List.copyOf(leaks);
  }

  @Override
  public List<RefusedFile> refusedFiles() {
    return List.copyOf(refusedFiles);
  }

  @Override
  public List<RefusedFile> refusedConfigurations() {
    return List.copyOf(refusedConfigurations);
  }

  @Override
  public List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  public List<AcceptorStatus> acceptors() {
    return List.copyOf(acceptors);
  }

  @Override
  public List<AcceptorStatus> setState(String target, AcceptorState state) {
    calls.add("acceptor " + target + " " + state);
    return state == AcceptorState.CLOSE
        ? List.of()
        : List.of(acceptor("port-" + target, "127.0.0.1", 3000, state, ""));
  }

  @Override
  public List<AcceptorStatus> setAll(AcceptorState state) {
    calls.add("acceptors " + state);
    return List.of(acceptor("main", "127.0.0.1", 2000, state, ""));
  }

  @Override
  public List<AcceptorStatus> pause(Optional<String> target) {
    calls.add("pause " + target.orElse("all"));
    return List.of(acceptor("main", "127.0.0.1", 2000, AcceptorState.STOP, ""));
  }

  @Override
  public List<AcceptorStatus> resume(Optional<String> target) {
    calls.add("resume " + target.orElse("all"));
    return List.of(acceptor("main", "127.0.0.1", 2000, AcceptorState.START, ""));
  }

  @Override
  public Suspension withdraw() {
    return suspend();
  }

  @Override
  public Suspension suspend() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ConnectionStatus> connections() {
    return List.copyOf(connections);
  }

  @Override
  public boolean close(long id) throws AdminException {
    if (id == 666) {
      throw new AdminException("connection 666 is not closed yet: bad 1.0.0 keeps it");
    }
    return connections.removeIf(connection -> connection.id() == id);
  }

  @Override
  public int awaitConnections(Optional<Duration> timeout) throws InterruptedException {
    calls.add("wait " + timeout);
    return waiting.await(timeout);
  }

  @Override
  public Ending shutdown(Optional<Duration> timeout) throws InterruptedException {
    calls.add("shutdown " + timeout);
    return new Ending(3, waiting.await(timeout));
  }

  @Override
  public void exit() {
    calls.add("exit");
  }
}
