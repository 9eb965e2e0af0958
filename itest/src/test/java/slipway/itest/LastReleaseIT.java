package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Services of the last release on the host of today: they resolve, and open connections pass to
 * them and back. So a rollback works across an update of the host.
 */
public class LastReleaseIT {

  @Rule public final UnpackedHost host = new UnpackedHost();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  /** Under another version, as the builds of both may have the same content. */
  private Path released(String bundle) throws IOException {
    return LaterBuild.of(Releases.jar(bundle), "0.0.9", folder.newFolder().toPath());
  }

  private void installReleased(String bundle) throws Exception {
    String installed = host.done("libctl", "install", released(bundle).toString());
    assertTrue(installed, installed.contains("0.0.9") && installed.contains("serves"));
  }

  private void rollBack(String service) throws Exception {
    String rolledBack = host.done("libctl", "rollback", service);
    assertTrue(rolledBack, rolledBack.contains("serves"));
  }

  @Test
  public void echoPassesToTheLastReleaseAndBackWithinAMessage() throws Exception {
    host.done("start");
    try (Client client = Client.of("echo", host.port())) {
      client.send("half of ");
      installReleased("slipway.services.echo");
      client.send("a message\n");
      assertEquals("half of a message", client.line());
      client.send("and ");
      rollBack("echo");
      client.send("another\n");
      assertEquals("and another", client.line());
    }
  }

  @Test
  public void greetPassesToTheLastReleaseAndBack() throws Exception {
    host.done("start");
    host.done("libctl", "install", Example.jar("greet").toString());
    try (Client client = Client.of("greet", host.port())) {
      client.send("An");
      installReleased("slipway.examples.greet");
      client.send("na\n");
      assertEquals("Hello, Anna!", client.line());
      client.send("B");
      rollBack("greet");
      client.send("ob\n");
      assertEquals("Hello, Bob!", client.line());
    }
  }

  @Test
  public void theChatPassesToTheLastReleaseAndBack() throws Exception {
    host.done("start");
    try (ChatUser anna = ChatUser.in("anna", host.port());
        ChatUser bob = ChatUser.in("bob", host.port())) {
      anna.send("one");
      bob.awaitHeard(1);
      installReleased("slipway.services.chat");
      anna.await("* the chat was upgraded to 0.0.9");
      bob.send("two");
      anna.awaitHeard(1);
      rollBack("chat");
      anna.await("* the chat was upgraded to 0.1.0");
      anna.send("three");
      bob.awaitHeard(2);
      assertFalse(anna.isClosed());
      assertFalse(bob.isClosed());
      assertEquals(
          "the same users", 0, bob.lines().stream().filter(l -> l.endsWith(" has left")).count());
    }
  }
}
