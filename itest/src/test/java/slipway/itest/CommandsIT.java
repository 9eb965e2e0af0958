package slipway.itest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.Test;
import slipway.admin.ServiceState;

/** The commands, in Gogo itself and on the admin socket. */
public class CommandsIT extends HostIT {

  @Inject private CommandProcessor gogo;

  private String run(String line) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, UTF_8);
    try (CommandSession session =
        gogo.createSession(new ByteArrayInputStream(new byte[0]), out, out)) {
      session.put("SCOPE", "slipway:felix:gogo:*");
      session.execute(line);
    }
    return bytes.toString(UTF_8);
  }

  private String refusal(String line) {
    return assertThrows(Exception.class, () -> run(line)).getMessage();
  }

  private SocketChannel socket() throws Exception {
    SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
    client.connect(UnixDomainSocketAddress.of(adminSocket()));
    return client;
  }

  private Path adminSocket() {
    return Path.of(context.getProperty("slipway.home"), "var", "run", "admin.sock");
  }

  private String ask(String request) throws Exception {
    try (SocketChannel client = socket()) {
      client.write(ByteBuffer.wrap(request.getBytes(UTF_8)));
      client.shutdownOutput();
      return new String(Channels.newInputStream(client).readAllBytes(), UTF_8);
    }
  }

  private static List<String> columns(String table) {
    return List.of(table.lines().findFirst().orElse("").split(" {2,}"));
  }

  // ---- libctl ----------------------------------------------------------------------------------

  @Test
  public void libctlListsTheServices() throws Exception {
    String table = run("libctl ps");
    assertEquals(
        List.of("Name", "RefCount", "State", "Version", "Bundle", "Bundle state", "Reason"),
        columns(table));
    assertTrue(table, table.contains("echo") && table.contains("rand"));
  }

  @Test
  public void libctlChangesStatesByNumberAndByWord() throws Exception {
    run("libctl state ./Services/echo.dll 1");
    assertEquals(ServiceState.LOCKED, service("echo").state());
    run("libctl state echo loaded");
    assertEquals(ServiceState.LOADED, service("echo").state());
  }

  @Test
  public void wrongArgumentsAreToldWithWhatIsAllowed() {
    assertTrue(refusal("libctl state echo 7").contains("LOCKED"));
    assertTrue(refusal("libctl state ehco 3").contains("no bundle provides the service ehco"));
    assertTrue(refusal("libctl nonsense").contains("ps"));
    assertTrue(refusal("acserv state 70000 1").contains("65535"));
    assertTrue(refusal("acserv state 2000 9").contains("START"));
    assertTrue(refusal("connections close 123456").contains("123456"));
    assertTrue(refusal("wait --timeout soon").contains("60s"));
  }

  @Test
  public void everyCommandHasItsHelp() throws Exception {
    for (String command :
        List.of(
            "libctl",
            "acserv",
            "statistics",
            "connections",
            "users",
            "chat",
            "wait",
            "shutdown",
            "exit",
            "start",
            "stop")) {
      assertTrue(command, run(command + " --help").contains(command));
      assertTrue(command, run("help").contains(command));
    }
  }

  // ---- acserv, statistics, connections ---------------------------------------------------------

  @Test
  public void acservListsStopsAndStartsThePorts() throws Exception {
    assertEquals(
        List.of("IP", "Port", "State", "Name", "Service", "Connections", "Transport", "Reason"),
        columns(run("acserv ps")));
    run("acserv stop");
    assertEquals("STOP", acceptor("main").state().name());
    assertEquals("the operators' own stays", "START", acceptor("admin").state().name());
    run("start");
    assertEquals("START", acceptor("main").state().name());
  }

  @Test
  public void statisticsShowConnectionsWhichCanBeClosed() throws Exception {
    try (Client user = Client.of("echo", port())) {
      assertTrue(user.answers("hello"));
      String table = run("statistics");
      assertEquals(
          List.of("ID", "Service", "IP", "Port", "Time since", "Acceptor", "Version", "In", "Out"),
          columns(table));
      String json = run("statistics --json");
      assertTrue(
          json, json.contains("\"service\":\"echo\"") || json.contains("\"service\": \"echo\""));
      long id = connections.connections().get(0).id();
      run("connections close " + id);
      user.awaitClosed();
    }
  }

  @Test
  public void waitStopsAcceptingUntilTheLastConnectionHasEnded() throws Exception {
    Client user = Client.of("echo", port());
    Thread waiting =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    run("wait");
                  } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                  }
                });
    eventually("suspended", false, () -> acceptor("main").reason().isEmpty());
    try (Client late = new Client(port())) {
      late.send("echo\nhello\n");
      assertTrue(user.answers("still here"));
      user.close();
      waiting.join();
      assertEquals("accepted again", "echo", late.line());
    }
    try (Client another = Client.of("echo", port())) {
      assertTrue(refusal("wait --timeout 50ms").contains("1 connection"));
      assertTrue(another.answers("still here"));
    }
  }

  // ---- the admin socket ------------------------------------------------------------------------

  @Test
  public void theAdminSocketAnswersWithTextAndAWordOfHowItEnded() throws Exception {
    String reply = ask("libctl ps\n");
    assertTrue(reply, reply.startsWith("Name") && reply.endsWith("\nSuccess\n"));
    assertTrue(ask("libctl state echo 7\n").contains("Error: "));
    assertTrue(ask("no-such-command\n").startsWith("Error: unknown command"));
    assertTrue(ask("libctl ps --json\0").endsWith("Success\0"));
    assertTrue(ask("libctl ps\r\nacserv ps\r\n").contains("Success\nIP"));
  }

  @Test
  public void theAdminSocketCompletes() throws Exception {
    assertTrue(ask("libctl st\t\n").startsWith("state\n"));
    assertTrue(ask("libctl state ec\t\n").startsWith("echo\n"));
  }

  @Test
  public void aClientOfTheAdminSocketThatLeavesInMidCommandHurtsNothing() throws Exception {
    try (Client user = Client.of("echo", port())) {
      SocketChannel client = socket();
      client.write(ByteBuffer.wrap("wait\n".getBytes(UTF_8)));
      eventually("suspended", false, () -> acceptor("main").reason().isEmpty());
      client.close();
      eventually("accepting again", true, () -> acceptor("main").reason().isEmpty());
      assertTrue(user.answers("still here"));
    }
  }

  @Test
  public void onlyTheUserOfTheHostMayOpenTheAdminSocket() throws Exception {
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(adminSocket())));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(adminSocket().getParent())));
  }
}
