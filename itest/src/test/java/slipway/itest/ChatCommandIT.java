package slipway.itest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.Before;
import org.junit.Test;
import slipway.admin.ServiceState;

/** What operators do with the chat, while somebody is in it and while nobody is. */
public class ChatCommandIT extends HostIT {

  @Inject private CommandProcessor gogo;

  @Before
  public void nobodyHasEverBeenInTheChat() throws Exception {
    services.setState("chat", ServiceState.LOADED);
    try (Client passing = Client.of("chat", port())) {
      passing.line(); // an operator's start lasts until a user has come and gone
    }
    eventually("the chat is stopped", "RESOLVED", () -> service("chat").bundleState());
  }

  private String run(String line) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, UTF_8);
    try (CommandSession session = gogo.createSession(InputStream.nullInputStream(), out, out)) {
      session.put("SCOPE", "slipway:felix:gogo:*");
      session.execute(line);
    }
    return bytes.toString(UTF_8);
  }

  private String refusal(String line) {
    return assertThrows(line, Exception.class, () -> run(line)).getMessage();
  }

  private String completions(String words) throws Exception {
    Path socket = Path.of(context.getProperty("slipway.home"), "var", "run", "admin.sock");
    try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      client.connect(UnixDomainSocketAddress.of(socket));
      client.write(ByteBuffer.wrap((words + "\t\n").getBytes(UTF_8)));
      client.shutdownOutput();
      return new String(Channels.newInputStream(client).readAllBytes(), UTF_8);
    }
  }

  private static void readUpTo(Client client, String line) throws Exception {
    for (String next = client.line(); !next.equals(line); next = client.line()) {
      assertTrue("before " + line + ": " + next, !next.isEmpty());
    }
  }

  @Test
  public void anOperatorSeesSpeaksToAndThrowsOutWhoIsThere() throws Exception {
    try (Client ann = Client.of("chat", port())) {
      ann.send("Ann secret one\n");
      readUpTo(ann, "* in lobby: Ann");

      assertEquals("Room   Users\nlobby      1\n", run("chat rooms"));
      assertEquals("Room   User\nlobby  Ann\n", run("chat who"));
      assertEquals("Room   User\nlobby  Ann\n", run("chat who LOBBY").replace("LOBBY", "lobby"));
      assertEquals("lobby\nSuccess\n", completions("chat who l"));
      assertEquals("Ann\nSuccess\n", completions("chat kick a"));

      assertEquals("said in lobby\n", run("chat say lobby back in five minutes"));
      assertEquals("* back in five minutes", ann.line());
      ann.send("fine\n");
      eventually("it is stored", true, () -> run("chat history lobby").contains("Ann: fine"));
      String json = run("chat history lobby 1 --json");
      assertTrue(json, json.contains("\"message\":\"Ann: fine\""));
      String id = json.replaceFirst("(?s).*\"id\":(\\d+).*", "$1");
      assertTrue(run("chat history lobby 1 --before " + id).endsWith("  * back in five minutes\n"));

      assertEquals("connections of ann that ended: 1\n", run("chat kick ann too much noise"));
      assertEquals("* an operator ended your connection: too much noise", ann.line());
      ann.awaitClosed();
      eventually("it stops with its last user", "RESOLVED", () -> service("chat").bundleState());
      assertEquals("nobody is left in it", "Room  User\n", run("chat who"));
    }
  }

  @Test
  public void aChatThatNobodyUsesIsStartedForTheCommandAndStopsAgain() throws Exception {
    assertTrue(run("help").contains("chat         Shows the rooms of the chat"));
    assertEquals("Success\n", completions("chat who l"));
    assertEquals("completing starts nothing", "RESOLVED", service("chat").bundleState());

    assertEquals("Room  Users\n", run("chat rooms"));
    assertTrue(refusal("chat who a.b").startsWith("chat who: a room's name is "));
    eventually("it stops again", "RESOLVED", () -> service("chat").bundleState());
  }

  @Test
  public void aChatThatIsLockedIsNotStartedForTheCommand() throws Exception {
    services.setState("chat", ServiceState.LOCKED);
    assertEquals("chat: chat is LOCKED; libctl ps says more", refusal("chat rooms"));
    assertTrue(run("help").contains("chat         Shows the rooms of the chat"));
    services.setState("chat", ServiceState.LOADED);
  }
}
