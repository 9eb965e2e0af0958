package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.fail;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;
import slipway.admin.AcceptorAdmin;
import slipway.admin.AcceptorStatus;
import slipway.admin.ConnectionAdmin;
import slipway.admin.DeployAdmin;
import slipway.admin.HostAdmin;
import slipway.admin.ServiceAdmin;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.service.Audience;
import slipway.service.Service;

/** What all tests inside the built host have in common. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class HostIT {

  private static final long PATIENCE_SECONDS = 60;
  private static final long PAUSE_NANOS = 1_000_000;

  @Inject protected BundleContext context;
  @Inject protected ServiceAdmin services;
  @Inject protected AcceptorAdmin acceptors;
  @Inject protected ConnectionAdmin connections;
  @Inject protected HostAdmin host;
  @Inject protected DeployAdmin deploys;

  /** The built host. */
  @Configuration
  public Option[] configuration() {
    return BuiltHost.options();
  }

  /** Every test begins with the states that ship, and without users. */
  @Before
  public void shippedStates() throws Exception {
    eventually("main is bound", true, () -> acceptor("main").bound());
    eventually("echo is there", true, () -> bundle("echo") != null);
    services.setState("echo", ServiceState.FIXED);
    services.setState("time", ServiceState.FIXED);
    services.setState("rand", ServiceState.LOADED);
    Client.of("rand", port()).close(); // an operator's start lasts until a user has come and gone
    eventually("rand is stopped", "RESOLVED", () -> service("rand").bundleState());
    eventually("nobody is connected", 0, () -> connections.connections().size());
  }

  protected int port() {
    return acceptor("main").port();
  }

  protected AcceptorStatus acceptor(String name) {
    return acceptors.acceptors().stream()
        .filter(acceptor -> acceptor.name().equals(name))
        .findFirst()
        .orElse(new AcceptorStatus("", 0, null, name, "", 0, "", false, Audience.USERS, "none"));
  }

  protected ServiceStatus service(String name) {
    return services.services().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElse(new ServiceStatus(name, 0, null, "", -1, "", "none"));
  }

  /** The bundle that provides a service; null if there is none. */
  protected Bundle bundle(String service) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> provides(bundle, service))
        .findFirst()
        .orElse(null);
  }

  private static boolean provides(Bundle bundle, String service) {
    BundleRevision revision = bundle.adapt(BundleRevision.class); // null once it is uninstalled
    return revision != null
        && revision.getDeclaredCapabilities(Service.NAMESPACE).stream()
            .anyMatch(capability -> service.equals(capability.getAttributes().get("name")));
  }

  /**
   * Waits until a thing is as expected: for what the host does by itself, of which nobody is told.
   */
  protected static <T> void eventually(String what, T expected, Callable<T> actual)
      throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!expected.equals(actual.call())) {
      if (System.nanoTime() > end) {
        assertEquals(what, expected, actual.call());
        fail(what);
      }
      LockSupport.parkNanos(PAUSE_NANOS); // the host has more to do with the processor
    }
  }
}
