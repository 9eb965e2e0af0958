package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import slipway.admin.AdminException;
import slipway.admin.ServiceState;
import slipway.itest.fixtures.BlocksInActivation;
import slipway.itest.fixtures.NeverReads;
import slipway.itest.fixtures.Shout;
import slipway.itest.fixtures.ThrowsInActivation;
import slipway.itest.fixtures.ThrowsInAttach;
import slipway.itest.fixtures.ThrowsInRead;
import slipway.itest.fixtures.ThrowsTwice;

/** Services that misbehave hurt nobody else: one user of echo is there all the time. */
public class HostileServicesIT extends HostIT {

  private Client bystander;

  @Before
  public void bystander() throws Exception {
    bystander = Client.of("echo", port());
  }

  @After
  public void theBystanderHasNoticedNothing() throws Exception {
    assertTrue(bystander.answers("still here"));
    bystander.close();
  }

  private Path home() {
    return Path.of(context.getProperty("slipway.home"));
  }

  private void deploy(String name, Class<?> service) throws Exception {
    deploy(new ServiceJar(name, service), name);
  }

  private void deploy(ServiceJar jar, String name) throws Exception {
    jar.into(home().resolve("services"));
    eventually(name + " is found", true, () -> service(name).bundleId() > 0);
  }

  private String answer(String name) throws Exception {
    try (Client client = new Client(port())) {
      client.send(name + "\n");
      return client.line();
    }
  }

  @Test
  public void aJarThatIsDroppedInServesAndIsGoneWhenItIsDeleted() throws Exception {
    Files.writeString(home().resolve("conf/slipway.service-shout.cfg"), "linger = 0s\n");
    eventually("configured", true, () -> service("shout").state() != null);
    deploy("shout", Shout.class);
    try (Client client = Client.of("shout", port())) {
      client.send("hello\n");
      assertEquals("HELLO", client.line());
      assertEquals(1, service("shout").refCount());
    }
    eventually("stopped", "RESOLVED", () -> service("shout").bundleState());
    Files.delete(home().resolve("services/shout.jar"));
    eventually("gone", "no bundle provides it", () -> service("shout").reason());
    assertEquals("ERR unknown service: shout", answer("shout"));
  }

  @Test
  public void oneThatThrowsInAttachIsRefused() throws Exception {
    deploy("throws-in-attach", ThrowsInAttach.class);
    assertEquals("ERR throws-in-attach failed", answer("throws-in-attach"));
  }

  @Test
  public void oneThatThrowsInReadLosesThatConnectionAlone() throws Exception {
    deploy("throws-in-read", ThrowsInRead.class);
    try (Client first = Client.of("throws-in-read", port());
        Client second = Client.of("throws-in-read", port())) {
      first.send("x");
      first.awaitClosed();
      eventually("one is left", 1, () -> service("throws-in-read").refCount());
      second.send("x");
      second.awaitClosed();
    }
  }

  /** Netty logs the second failure, and would leave the connection open. */
  @Test
  public void oneThatThrowsOnceMoreAsItIsToldOfItLosesThatConnectionAlone() throws Exception {
    deploy("throws-twice", ThrowsTwice.class);
    try (Client first = Client.of("throws-twice", port());
        Client second = Client.of("throws-twice", port())) {
      first.send("x");
      first.awaitClosed();
      eventually("one is left", 1, () -> service("throws-twice").refCount());
      second.send("x");
      second.awaitClosed();
    }
  }

  @Test
  public void oneThatNeverReadsIsLockedAllTheSame() throws Exception {
    deploy("never-reads", NeverReads.class);
    try (Client client = Client.of("never-reads", port())) {
      client.send("x".repeat(100_000));
      services.setState("never-reads", ServiceState.LOCKED);
      client.awaitClosed();
      assertEquals("RESOLVED", service("never-reads").bundleState());
    }
  }

  @Test
  public void oneThatThrowsInActivationIsShownWithItsReason() throws Exception {
    deploy("throws-in-activation", ThrowsInActivation.class);
    assertEquals("ERR throws-in-activation failed to start", answer("throws-in-activation"));
    String reason = service("throws-in-activation").reason();
    assertTrue(reason, reason.contains("thrown in activation"));
    AdminException refused =
        assertThrows(
            AdminException.class,
            () -> services.setState("throws-in-activation", ServiceState.FIXED));
    assertTrue(refused.getMessage(), refused.getMessage().contains("thrown in activation"));
    assertEquals(ServiceState.FIXED, service("throws-in-activation").state());
  }

  @Test
  public void oneThatBlocksInActivationIsGivenUpInTime() throws Exception {
    Files.writeString(home().resolve("conf/slipway.service-blocks.cfg"), "start.timeout = 300ms\n");
    eventually("configured", true, () -> service("blocks").state() != null);
    deploy("blocks", BlocksInActivation.class);
    assertEquals("ERR blocks failed to start", answer("blocks"));
    eventually("stopped", "RESOLVED", () -> service("blocks").bundleState());
    assertTrue(bystander.answers("meanwhile"));
  }

  @Test
  public void oneThatRegistersNothingIsGivenUpInTime() throws Exception {
    Files.writeString(
        home().resolve("conf/slipway.service-nothing.cfg"), "start.timeout = 300ms\n");
    eventually("configured", true, () -> service("nothing").state() != null);
    deploy("nothing", null);
    assertEquals("ERR nothing failed to start", answer("nothing"));
    eventually("stopped", "RESOLVED", () -> service("nothing").bundleState());
  }

  @Test
  public void oneThatDoesNotResolveIsShownWithWhatIsMissing() throws Exception {
    deploy(new ServiceJar("unresolved", Shout.class).importing("no.such.thing"), "unresolved");
    assertEquals("ERR unresolved failed to start", answer("unresolved"));
    String reason = service("unresolved").reason();
    assertTrue(reason, reason.contains("no.such.thing"));
  }

  @Test
  public void aJarThatIsNoBundleIsNoService() throws Exception {
    Files.writeString(home().resolve("services/broken.jar"), "this is no jar");
    deploy("after-broken", Shout.class);
    assertTrue(service("broken").state() == null);
  }
}
