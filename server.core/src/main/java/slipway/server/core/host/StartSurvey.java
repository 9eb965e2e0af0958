package slipway.server.core.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.AcceptorAdmin;
import slipway.admin.AcceptorState;
import slipway.admin.AcceptorStatus;
import slipway.admin.ServiceAdmin;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.config.ConfigurationStore;
import slipway.server.core.deploy.ServiceFolder;
import slipway.server.core.life.ServiceControl;
import slipway.server.core.life.Unresolved;
import slipway.server.core.transport.HostTransport;

/** Compares what is configured with what is there. */
@Component(service = StartSurvey.class)
public final class StartSurvey {

  private final ConfigurationAdmin configurations;
  private final ConfigurationStore store;
  private final AcceptorAdmin acceptors;
  private final ServiceAdmin services;
  private final ServiceFolder folder;
  private final HostTransport transport;
  private final ServiceControl control;
  private final BundleContext context;

  /** For Declarative Services. */
  @Activate
  public StartSurvey(
      @Reference ConfigurationAdmin configurations,
      @Reference ConfigurationStore store,
      @Reference AcceptorAdmin acceptors,
      @Reference ServiceAdmin services,
      @Reference ServiceFolder folder,
      @Reference HostTransport transport,
      @Reference ServiceControl control,
      BundleContext context) {
    this.configurations = configurations;
    this.store = store;
    this.acceptors = acceptors;
    this.services = services;
    this.folder = folder;
    this.transport = transport;
    this.control = control;
    this.context = context;
  }

  /** Whether everything that is configured is there, or is known not to come. */
  boolean isSettled() throws IOException {
    List<AcceptorStatus> listening = acceptors.acceptors();
    List<ServiceStatus> known = services.services();
    return folder.isSettled()
        && listening.stream().allMatch(acceptor -> acceptor.bound() || !acceptor.reason().isEmpty())
        && areSettled(known.stream().filter(StartSurvey::isFixed).toList())
        && listening.stream()
            .map(AcceptorStatus::name)
            .collect(Collectors.toSet())
            .containsAll(configured(AcceptorAdmin.PID))
        && known.stream()
            .map(ServiceStatus::name)
            .collect(Collectors.toSet())
            .containsAll(configured(ServiceAdmin.PID));
  }

  private static boolean isFixed(ServiceStatus service) {
    return service.state() == ServiceState.FIXED;
  }

  private static boolean isActive(ServiceStatus service) {
    return service.bundleState().equals("ACTIVE");
  }

  /**
   * Whether the next client will ask without success, which is known before one comes. What a
   * bundle has lacked when it was installed may have come from another service's since.
   */
  private boolean isUnresolved(ServiceStatus service) {
    return service.state().admits()
        && service.bundleState().equals("INSTALLED")
        && !service.reason().isEmpty()
        && isIncomplete(context.getBundle(service.bundleId()));
  }

  private boolean isIncomplete(Bundle bundle) {
    FrameworkWiring wiring =
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    return bundle != null && new Unresolved(wiring).of(bundle).isPresent();
  }

  /** Whether each runs, or has failed to; one that is being started may say what it waits for. */
  private boolean areSettled(List<ServiceStatus> all) {
    Set<String> starting = control.queries().starting();
    return all.stream()
        .allMatch(
            service ->
                isActive(service)
                    || !service.reason().isEmpty() && !starting.contains(service.name()));
  }

  private Set<String> configured(String factoryPid) throws IOException {
    try {
      Configuration[] found =
          configurations.listConfigurations("(service.factoryPid=" + factoryPid + ")");
      return found == null
          ? Set.of()
          : Arrays.stream(found)
              .map(Configuration::getPid)
              .map(pid -> pid.substring(pid.indexOf('~') + 1))
              .collect(Collectors.toSet());
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** One line for a person: where the host listens, and which services are FIXED. */
  String summary() {
    String listening =
        acceptors.acceptors().stream()
            .filter(AcceptorStatus::bound)
            .map(StartSurvey::describe)
            .collect(Collectors.joining(", "));
    String fixed =
        services.services().stream()
            .filter(StartSurvey::isFixed)
            .filter(StartSurvey::isActive)
            .map(ServiceStatus::name)
            .collect(Collectors.joining(", "));
    return (listening.isEmpty() ? "no acceptor listens" : listening)
        + "; "
        + (fixed.isEmpty() ? "no service is FIXED" : "FIXED: " + fixed);
  }

  private static String describe(AcceptorStatus acceptor) {
    return acceptor.name()
        + " on "
        + (acceptor.port() == 0
            ? acceptor.address()
            : (acceptor.address().contains(":")
                    ? "[" + acceptor.address() + "]"
                    : acceptor.address())
                + ":"
                + acceptor.port())
        + " ("
        + acceptor.transport()
        + (acceptor.state() == AcceptorState.STOP ? ", STOP" : "")
        + ")";
  }

  /** What works and could be better, one line each. */
  List<String> warnings() {
    return transport.warning().isEmpty() ? List.of() : List.of("warning: " + transport.warning());
  }

  /** What is configured and not there, one line each. */
  List<String> problems() {
    List<String> problems = new ArrayList<>(store.refusals());
    acceptors.acceptors().stream()
        .filter(acceptor -> !acceptor.bound())
        .forEach(
            acceptor -> problems.add("acceptor " + describe(acceptor) + ": " + acceptor.reason()));
    services.services().stream()
        .filter(service -> isFixed(service) ? !isActive(service) : isUnresolved(service))
        .forEach(service -> problems.add("service " + service.name() + ": " + service.reason()));
    folder
        .refused()
        .forEach(file -> problems.add("services/" + file.file() + ": " + file.reason()));
    return problems;
  }
}
