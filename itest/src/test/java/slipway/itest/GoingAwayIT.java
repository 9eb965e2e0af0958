package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import slipway.admin.ServiceState;

/** A service that has a timer and a list of its connections, and hears that it goes away. */
public class GoingAwayIT extends HostIT {

  private static final String TIME = "\\d\\d:\\d\\d:\\d\\d|\\d\\d:\\d\\d";

  private Path folder;

  @Before
  public void deploy() throws Exception {
    folder = Path.of(context.getProperty("slipway.home"), "services");
    Example.into(folder, "ticks");
    eventually("the service is known", true, () -> service("ticks").bundleId() >= 0);
    services.setState("ticks", ServiceState.LOADED);
  }

  @After
  public void takeAway() throws Exception {
    Files.deleteIfExists(folder.resolve("ticks.jar"));
    eventually("its bundle is gone", true, () -> bundle("ticks") == null);
  }

  private static String goodbye(Client client) throws IOException {
    String line = client.line();
    while (line.matches(TIME)) {
      line = client.line();
    }
    return line;
  }

  @Test
  public void whoIsConnectedGetsWhatTheTimerSends() throws Exception {
    try (Client ann = Client.of("ticks", port());
        Client bob = Client.of("ticks", port())) {
      assertTrue(ann.line().matches(TIME));
      assertTrue(bob.line().matches(TIME));
    }
  }

  @Test
  public void whoIsLockedOutReadsItAndIsClosed() throws Exception {
    try (Client client = Client.of("ticks", port())) {
      services.setState("ticks", ServiceState.LOCKED);
      assertEquals("goodbye: LOCKED", goodbye(client));
      client.awaitClosed();
    }
  }

  @Test
  public void whoIsDrainedReadsItAndStays() throws Exception {
    try (Client client = Client.of("ticks", port())) {
      services.setState("ticks", ServiceState.WAITLOCKED);
      assertEquals("goodbye: DRAINED", goodbye(client));
      assertTrue(client.line().matches(TIME));
    }
  }

  @Test
  public void whoseServiceIsTakenAwayReadsItAndStays() throws Exception {
    try (Client client = Client.of("ticks", port())) {
      Files.delete(folder.resolve("ticks.jar"));
      assertEquals("goodbye: DRAINED", goodbye(client));
      assertTrue(client.line().matches(TIME));
    }
  }

  @Test
  public void itsThreadsEndWithIt() throws Exception {
    try (Client client = Client.of("ticks", port())) {
      assertTrue(client.line().matches(TIME));
      assertEquals(Set.of("ticks-0.1.0-timer"), threads());
    }
    takeAway();
    eventually("its threads are gone", Set.of(), GoingAwayIT::threads);
    eventually("its classes are gone", List.of(), () -> deploys.leaks());
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("ticks-"))
        .collect(Collectors.toSet());
  }
}
