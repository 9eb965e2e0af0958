package slipway.itest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Users, from the command and from a service, in the host's own database. */
public class UsersIT extends HostIT {

  @Inject private CommandProcessor gogo;

  private Path home;

  @Before
  public void nobodyIsRegistered() throws Exception {
    home = Path.of(context.getProperty("slipway.home"));
    eventually("the users' tables are there", true, () -> answer("users ls").startsWith("Name"));
    run("users clear --yes");
  }

  @After
  public void theServiceIsTakenAway() throws Exception {
    Files.deleteIfExists(services().resolve("members.jar"));
    eventually("its bundle is gone", true, () -> bundle("members") == null);
  }

  private Path services() {
    return home.resolve("services");
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

  private void deployMembers() throws Exception {
    Example.into(services(), "members");
    eventually("the service is known", true, () -> service("members").bundleId() >= 0);
  }

  private String logIn(String name, String password) throws IOException {
    try (Client client = Client.of("members", port())) {
      client.send(name + "\n" + password + "\n");
      return client.line();
    }
  }

  @Test
  public void usersLogInThroughAServiceAndAreThrownOut() throws Exception {
    deployMembers();
    assertEquals("Welcome, Ann", logIn("Ann", "secret one"));
    assertEquals("Wrong password", logIn("ANN", "secret two"));
    try (Client ann = Client.of("members", port());
        Client bob = Client.of("members", port())) {
      ann.send("ann\nsecret one\n");
      assertEquals("Hello again, Ann", ann.line());
      bob.send("bob\nanother secret\n");
      assertEquals("Welcome, bob", bob.line());

      assertTrue(run("users ban ann 1h noise").contains("console  noise"));
      ann.awaitClosed();
      assertTrue(logIn("Ann", "secret one").startsWith("Banned until "));
      assertEquals("Wrong password", logIn("Ann", "a guess"));
      assertEquals(2, run("users ls --banned").lines().count());

      run("users unban ann");
      assertEquals("Hello again, Ann", logIn("Ann", "secret one"));
      assertEquals("removed bob\n", run("users rm BOB"));
      bob.awaitClosed();
    }
    assertEquals("removed 1 user\n", run("users clear --yes"));
  }

  @Test
  public void aServiceBringsItsCommandWhichGoesWithIt() throws Exception {
    deployMembers();
    assertTrue(run("help").contains("members      Shows the members who are here"));
    assertEquals("Member  Connections\n", run("members ls"));
    try (Client ann = Client.of("members", port())) {
      ann.send("ann\nsecret one\n");
      assertEquals("Welcome, ann", ann.line());
      String json = run("members ls --json");
      assertTrue(json, json.contains("\"connections\":1"));
      String id = json.replaceFirst("(?s).*\"member\":(\\d+).*", "$1");
      assertEquals("ended\n", run("members end " + id));
      ann.awaitClosed();
      eventually("she is gone", "Member  Connections\n", () -> run("members ls"));
      assertTrue(refusal("members end " + id).startsWith("members end: " + id + " is not here"));
    }
    theServiceIsTakenAway();
    eventually("its command is gone", false, () -> run("help").contains("members "));
    eventually("its classes are gone", List.of(), () -> deploys.leaks());
  }

  @Test
  public void aServiceThatHeardOfChangesLeavesNothingBehind() throws Exception {
    deployMembers();
    assertEquals("Welcome, Ann", logIn("Ann", "secret one"));
    run("users role ann operator");
    theServiceIsTakenAway();
    run("users role ann user");
    eventually("its classes are gone", List.of(), () -> deploys.leaks());
  }

  @Test
  public void aPasswordIsAskedOnTheAdminSocket() throws Exception {
    try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.connect(UnixDomainSocketAddress.of(home.resolve("var/run/admin.sock")));
      assertEquals("Secret: New password of Ann:", ask(socket, "users add Ann\u0005"));
      assertEquals("Secret: The same again:", ask(socket, "a; b 'c'"));
      assertTrue(ask(socket, "a; b 'c'").endsWith("\nSuccess"));
      assertEquals("Line: ", ask(socket, "users add Bob --password-stdin\u0005"));
      assertEquals(
          "Error: users add: a password has at least 6 characters, and at most 128 bytes of UTF-8",
          ask(socket, "short"));
      assertTrue(ask(socket, "users add Bob").startsWith("Error: users add: nobody here"));
    }
    deployMembers();
    assertEquals("Hello again, Ann", logIn("Ann", "a; b 'c'"));
  }

  private static String ask(SocketChannel socket, String request) throws IOException {
    socket.write(ByteBuffer.wrap((request + "\0").getBytes(UTF_8)));
    InputStream in = Channels.newInputStream(socket);
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    for (int next = in.read(); next > 0; next = in.read()) {
      reply.write(next);
    }
    return reply.toString(UTF_8);
  }

  @Test
  public void aDatabaseThatIsAwayIsSaidAtOnceAndComesBack() throws Exception {
    deployMembers();
    assertEquals("Welcome, Ann", logIn("Ann", "secret one"));
    Path file = home.resolve("conf/slipway.data.cfg");
    Files.writeString(file, "url = jdbc:mariadb://127.0.0.1:1/none\n");
    eventually("the database is away", true, () -> answer("users ls").contains(" is away: "));
    assertEquals("the database of users is away, try again later", logIn("Ann", "secret one"));
    assertTrue(refusal("users rm ann").contains("jdbc:mariadb://127.0.0.1:1/none"));
    Files.delete(file);
    eventually("it is back", true, () -> answer("users ls").contains("Ann"));
    assertEquals("Hello again, Ann", logIn("Ann", "secret one"));
  }

  private String answer(String line) {
    try {
      return run(line);
    } catch (Exception refused) {
      return refused.getMessage();
    }
  }
}
