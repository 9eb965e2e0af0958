package slipway.itest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;

/** The log and the pauses of the distribution, through the commands of operators. */
public class LogsIT {

  private static final String CONNECTIONS = "slipway.server.core.connection";

  @Rule public final UnpackedHost host = new UnpackedHost();

  private Path log() {
    return host.home().resolve("var/log/slipway.log");
  }

  private void refuse(String name) throws Exception {
    try (Client client = new Client(host.port())) {
      client.send(name + "\n");
      client.rest();
    }
  }

  @Test
  public void whatAClientSendsIsOneRecordWithItsConnectionsId() throws Exception {
    host.done("start");
    host.done("logs", "level", CONNECTIONS, "DEBUG");
    refuse("\u202eforged");
    String json = host.done("logs", "show", "1", "--bundle", CONNECTIONS, "--json");
    assertTrue(json, json.matches("\\{\"index\":\\d+,\"time\":\"[^\"]+\",\"level\":\"DEBUG\".*\n"));
    assertTrue(json, json.matches(".*\"type\":\"core\",\"connection\":\\d+,.*\n"));
    String file = Files.readString(log());
    assertTrue(file, file.contains("?forged"));
    refuse("\u001b[2Jforged");
    assertTrue(host.done("logs", "show", "1").contains("has no control characters"));
    file = Files.readString(log());
    assertTrue("no control character but LF", file.chars().noneMatch(c -> c < ' ' && c != '\n'));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log())));

    host.done("logs", "level", CONNECTIONS, "default");
    long before = Files.size(log());
    refuse("nobody");
    assertTrue(host.done("logs", "show", "1").contains("has no control characters"));
    assertEquals("the level is as before", before, Files.size(log()));
    UnpackedHost.Result wrong = host.run("logs", "level", CONNECTIONS, "LOUD");
    assertEquals(1, wrong.exit());
    assertTrue(wrong.err(), wrong.err().contains("allowed are OFF, ERROR, WARN"));
  }

  @Test
  public void theLogIsClearedAfterAYesAndGoesOn() throws Exception {
    host.done("start");
    Path rolled = log().resolveSibling("slipway.2026-01-31.0.log");
    Files.writeString(rolled, "2026-01-31T00:00:00.000Z INFO  1 core - slipway.X of old\n");
    assertTrue(host.done("logs", "show", "1000").contains("of old"));
    UnpackedHost.Result unsure = host.run("logs", "clear");
    assertEquals(1, unsure.exit());
    assertTrue(unsure.err(), unsure.err().endsWith("; to confirm: logs clear --yes\n"));
    assertTrue(Files.exists(rolled));

    assertTrue(host.done("logs", "clear", "--yes").startsWith("deleted 2 files of "));
    assertTrue(Files.notExists(rolled));
    List<String> lines = Files.readAllLines(log());
    assertTrue(lines.get(0), lines.get(0).contains("the log was cleared: files 2"));
    host.done("pause");
    assertTrue(host.done("logs", "show").lines().count() > 1);
    host.done("stop");
    host.done("start");
    assertTrue(host.done("logs", "show", "1000").contains("the log was cleared"));
  }

  @Test
  public void aFollowerSeesWhatIsLoggedUntilItGoes() throws Exception {
    host.done("start");
    host.done("logs", "level", CONNECTIONS, "DEBUG");
    Process following =
        host.command("logs", "show", "1", "--follow", "--json", "--bundle", "slipway.server")
            .start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(following.getInputStream(), UTF_8))) {
      assertTrue("what is there", lines.readLine().startsWith("{\"index\":"));
      refuse("nobody");
      String line = lines.readLine();
      while (!line.contains("unknown service: nobody")) {
        line = lines.readLine();
      }
    } finally {
      following.destroy();
      assertTrue(following.waitFor(60, TimeUnit.SECONDS));
    }
    HostIT.eventually(
        "the host has noticed",
        1L,
        () -> host.done("statistics").lines().filter(line -> line.contains(" admin ")).count());
  }

  @Test
  public void aWrongLogbackXmlStopsTheLogAndNotTheHost() throws Exception {
    Path xml = host.home().resolve("conf/logback.xml");
    for (String wrong : List.of("<configuration><appender", "", "<configuration/>")) {
      Files.writeString(xml, wrong);
      host.done("start");
      try (Client client = Client.of("echo", host.port())) {
        assertTrue(client.answers("hello"));
      }
      UnpackedHost.Result none = host.run("logs", "show");
      assertEquals(1, none.exit());
      assertTrue(none.err(), none.err().contains("conf/logback.xml names no appender"));
      host.done("stop");
    }
  }

  @Test
  public void aPauseKeepsConnectionsAndHoldsUntilResumeAlsoAfterARestart() throws Exception {
    host.done("start");
    String port = Integer.toString(host.port());
    try (Client user = Client.of("echo", host.port())) {
      assertTrue(host.done("pause", port).contains("STOP"));
      try (Client waiting = new Client(host.port())) {
        waiting.send("echo\n");
        assertTrue("open connections are kept", user.answers("still here"));
        assertTrue(host.done("resume").contains("START"));
        assertEquals("echo", waiting.line());
      }
    }
    host.done("pause");
    host.done("stop");
    host.done("start");
    assertTrue(host.done("acserv", "ps").contains("STOP"));
    host.done("resume", port);
    try (Client user = Client.of("echo", host.port())) {
      assertTrue(user.answers("again"));
    }
    assertEquals(1, host.run("pause", "1").exit());
    assertEquals(1, host.run("pause", "admin").exit());
    assertTrue(host.done("pause", "--help").contains("never paused"));
  }
}
