package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static slipway.admin.ServiceState.FIXED;
import static slipway.admin.ServiceState.LOADED;
import static slipway.admin.ServiceState.LOCKED;
import static slipway.admin.ServiceState.WAITLOCKED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Test;
import org.osgi.framework.Bundle;
import slipway.admin.AdminException;
import slipway.admin.ServiceState;

/** The whole table of state changes, on the framework's own word for the bundle. */
public class StatesIT extends HostIT {

  private int bundleState() {
    return bundle("echo").getState();
  }

  @Test
  public void everyStateFollowsEveryStateWithoutUsers() throws Exception {
    for (ServiceState from : ServiceState.values()) {
      for (ServiceState to : ServiceState.values()) {
        services.setState("echo", from);
        services.setState("echo", to);
        String change = from + " to " + to;
        assertEquals(change, to.admits() ? Bundle.ACTIVE : Bundle.RESOLVED, bundleState());
        assertEquals(change, to == WAITLOCKED ? LOCKED : to, service("echo").state());
      }
    }
  }

  @Test
  public void everyStateFollowsEveryStateThatCanHaveAUser() throws Exception {
    for (ServiceState from : new ServiceState[] {LOADED, WAITLOCKED, FIXED}) {
      for (ServiceState to : ServiceState.values()) {
        String change = from + " to " + to;
        services.setState("echo", from == WAITLOCKED ? FIXED : from);
        try (Client user = Client.of("echo", port())) {
          services.setState("echo", from);
          eventually(change, 1, () -> service("echo").refCount());
          services.setState("echo", to);
          assertEquals(change, to, service("echo").state());
          if (to == LOCKED) {
            user.awaitClosed();
            assertEquals(change, Bundle.RESOLVED, bundleState());
          } else {
            assertTrue(change, user.answers("still here"));
            assertEquals(change, Bundle.ACTIVE, bundleState());
          }
          assertEquals(change, to.admits(), isTaken());
        }
        if (to == WAITLOCKED) {
          eventually(change, LOCKED, () -> service("echo").state());
          eventually(change, Bundle.RESOLVED, this::bundleState);
        } else if (to == LOADED) {
          eventually(change, Bundle.RESOLVED, this::bundleState);
        } else if (to == FIXED) {
          assertEquals(change, Bundle.ACTIVE, bundleState());
        }
      }
    }
  }

  private boolean isTaken() throws IOException {
    try (Client another = new Client(port())) {
      another.send("echo\n");
      return another.line().equals("echo");
    }
  }

  @Test
  public void aLockedServiceHasNoUsers() throws Exception {
    services.setState("echo", LOCKED);
    assertTrue(!isTaken());
    assertEquals(0, service("echo").refCount());
  }

  @Test
  public void statesAreSavedAsAPersonWouldHaveWrittenThem() throws Exception {
    services.setState("rand", LOCKED);
    Path file = Path.of(context.getProperty("slipway.home"), "conf", "slipway.service-rand.cfg");
    assertTrue(Files.readString(file), Files.readString(file).contains("state = LOCKED\n"));
    services.setState("echo", WAITLOCKED);
    Path echo = file.resolveSibling("slipway.service-echo.cfg");
    eventually("saved", "state = LOCKED", () -> Files.readAllLines(echo).get(0));
  }

  @Test
  public void anEditOfTheFileChangesTheState() throws Exception {
    Path file = Path.of(context.getProperty("slipway.home"), "conf", "slipway.service-echo.cfg");
    Files.writeString(file, "state = LOCKED\nlinger = 0s\n");
    eventually("LOCKED by its file", LOCKED, () -> service("echo").state());
    eventually("stopped", Bundle.RESOLVED, this::bundleState);
    Files.writeString(file, "state = NONSENSE\n");
    Files.writeString(file.resolveSibling("slipway.service-time.cfg"), "state = LOCKED\n");
    eventually("LOCKED by its file", LOCKED, () -> service("time").state());
    assertEquals("the last good state goes on", LOCKED, service("echo").state());
  }

  @Test
  public void aServiceHasAsManyConnectionsAsItsFileAllows() throws Exception {
    Path file = Path.of(context.getProperty("slipway.home"), "conf", "slipway.service-echo.cfg");
    try (Client first = Client.of("echo", port())) {
      Files.writeString(file, "max.connections = 1\n");
      eventually("said", "is full: max.connections = 1", () -> service("echo").reason());
      try (Client second = new Client(port())) {
        second.send("echo\n");
        assertEquals("ERR echo is full", second.line());
      }
      assertTrue(first.answers("still here"));
      Files.writeString(file, "max.connections = 2\n");
      eventually("allowed", true, this::isTaken);
    }
  }

  @Test
  public void aNameCanBeLockedBeforeItsBundleIsThere() throws Exception {
    services.setState("later", LOCKED);
    assertEquals("no bundle provides it", service("later").reason());
    assertThrows(AdminException.class, () -> services.setState("never", FIXED));
    assertThrows(AdminException.class, () -> services.setState("no name", LOCKED));
  }

  @Test
  public void theServiceOfOperatorsCannotBeLocked() throws Exception {
    assertThrows(AdminException.class, () -> services.setState("admin", LOCKED));
    assertEquals(FIXED, service("admin").state());
  }

  @Test
  public void aFixedServiceThatIsStoppedInTheFrameworkIsStartedAgain() throws Exception {
    bundle("echo").stop();
    eventually("started", Bundle.ACTIVE, this::bundleState);
    services.setState("time", LOCKED);
    bundle("time").start();
    eventually("stopped", Bundle.RESOLVED, () -> bundle("time").getState());
  }
}
