package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import slipway.itest.fixtures.BadCitizen;
import slipway.itest.fixtures.Computes;

/**
 * Services that keep what others need, in the distribution's own process: operators are served, and
 * echo on another acceptor, and who it is can be read.
 */
public class BadCitizensIT {

  @Rule public final UnpackedHost host = new UnpackedHost();

  private int badPort;
  private int computesPort;

  @Before
  public void start() throws Exception {
    Path conf = host.home().resolve("conf");
    badPort = FreePort.next();
    computesPort = FreePort.next();
    acceptor("bad", badPort);
    acceptor("computes", computesPort);
    Files.writeString(
        conf.resolve("host.properties"),
        "slipway.threads = 3\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    Path services = host.home().resolve("services");
    new ServiceJar("bad", BadCitizen.class).into(services);
    new ServiceJar("computes", Computes.class).into(services);
    host.done("start");
  }

  private void acceptor(String service, int port) throws Exception {
    Files.writeString(
        host.home().resolve("conf/slipway.acceptor-" + service + ".cfg"),
        "port = " + port + "\nservice = " + service + "\n");
  }

  private String log() throws Exception {
    return Files.readString(host.home().resolve("var/log/slipway.log"));
  }

  /** The log is written a moment later. */
  private void awaitLog(String text) throws Exception {
    HostIT.eventually(text, true, () -> log().contains(text));
  }

  /** The reason that {@code libctl ps} shows. */
  private String reason(String service) throws Exception {
    String row =
        host.done("libctl", "ps")
            .lines()
            .filter(line -> line.startsWith(service + " "))
            .findFirst()
            .orElseThrow();
    Matcher matcher = Pattern.compile(".*(ACTIVE|RESOLVED)\\s*(.*)").matcher(row);
    assertTrue(row, matcher.matches());
    return matcher.group(2);
  }

  private void awaitReason(String service, String part) throws Exception {
    String reason = reason(service);
    while (!reason.contains(part)) {
      reason = reason(service);
    }
    assertEchoServesNewClients();
  }

  private void awaitNoReason(String service) throws Exception {
    while (!reason(service).isEmpty()) {
      assertEchoServesNewClients();
    }
  }

  /** As many as come, so that each event loop would have been asked. */
  private void assertEchoServesNewClients() throws Exception {
    for (int i = 0; i < 6; i++) {
      try (Client client = Client.of("echo", host.port())) {
        assertTrue(client.answers("hello"));
      }
    }
  }

  private void bad(String word) throws Exception {
    try (Client client = new Client(badPort)) {
      client.send(word + "\n");
      assertEquals("done " + word, client.line());
    }
  }

  private String idOf(String service) throws Exception {
    return host.done("statistics")
        .lines()
        .map(String::strip)
        .filter(line -> line.contains(" " + service + " "))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .findFirst()
        .orElseThrow();
  }

  @Test
  public void aHandlerThatBlocksIsToldAndKeepsNobodyElse() throws Exception {
    for (String word : List.of("sleep", "spin")) {
      try (Client client = new Client(badPort)) {
        client.send(word + "\n");
        awaitReason("bad", "has kept the event loop slipway-io-");
        String reason = reason("bad");
        assertTrue(reason, reason.contains(BadCitizen.class.getName() + "$Handler."));
        String id = idOf("bad");
        assertTrue(reason, reason.contains(", for connection " + id + ": "));
        awaitLog("bad 1.0.0 has kept the event loop");

        UnpackedHost.Result close = host.run("connections", "close", id);
        assertEquals(1, close.exit());
        assertTrue(close.err(), close.err().contains("connection " + id + " is not closed yet: "));
        assertTrue(close.err(), close.err().contains("bad 1.0.0 has kept the event loop"));

        bad("release");
        client.awaitClosed(); // as the operator wanted
        awaitNoReason("bad");
        awaitLog("bad 1.0.0 continues after ");
      }
    }
  }

  @Test
  public void virtualThreadsThatComputeAreToldAndKeepNoCommand() throws Exception {
    List<Client> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
        Client client = new Client(computesPort);
        clients.add(client);
        client.send("go\n");
      }
      awaitReason("computes", "has computed on a virtual thread for ");
      String reason = reason("computes");
      assertTrue(reason, reason.contains(Computes.class.getName() + ".compute("));
      awaitLog("computes 1.0.0 has computed on a virtual thread");
      for (int i = 0; i < clients.size(); i++) {
        host.done("connections", "close", idOf("computes"));
      }
      awaitNoReason("computes");
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
  }

  @Test
  public void virtualThreadsThatAServiceHasMadeAreTold() throws Exception {
    bad("spinvirtual");
    awaitReason("bad", "has let no other virtual thread run for ");
    awaitLog("bad 1.0.0 has let no other virtual thread run");
    assertTrue(
        reason("bad"), reason("bad").contains(BadCitizen.class.getName() + "$Handler.spin("));
    bad("release");
    awaitNoReason("bad");
  }

  @Test
  public void aServiceDoesNotCloseAnAcceptorOrEndEventLoops() throws Exception {
    for (String word :
        List.of("closeparent", "deregisterparent", "stopreadingparent", "endloops")) {
      bad(word);
      bad("release");
      assertEchoServesNewClients();
    }
    awaitLog("an event loop belongs to the host, and only the host ends it");
    awaitLog("acceptor bad: a service tried to have its channel closed; refused");
    try (Client client = new Client(badPort)) {
      client.send("removefromparent\n");
      awaitLog("it is bound again");
    }
    assertTrue(host.done("acserv", "ps").contains("; it was bound again"));
    bad("release");
  }

  @Test
  public void whoEndsTheProcessIsNamedAndTheHostEndsInOrder() throws Exception {
    long pid = Long.parseLong(Files.readString(host.home().resolve("var/run/host.pid")).strip());
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    Client echo = Client.of("echo", host.port());
    Client client = new Client(badPort);
    client.send("exit\n");
    echo.awaitClosed();
    HostIT.eventually("it has ended", false, process::isAlive);
    String log = log();
    assertTrue(
        log,
        Pattern.compile(
                "ERROR .* bad 1\\.0\\.0, for connection \\d+, has called System\\.exit: the host"
                    + " ends")
            .matcher(log)
            .find());
    assertTrue(log, log.contains(BadCitizen.class.getName() + "$Handler.channelRead("));
    String said = Files.readString(host.home().resolve("var/log/host.out"));
    assertTrue(said, said.contains("code inside of the host has called System.exit"));
    assertTrue("all bundles have stopped", !said.contains("did not stop within"));
    client.close();
    echo.close();
  }

  @Test
  public void aHostWithoutMemoryEndsAndKeepsWhatFilledIt() throws Exception {
    host.done("stop");
    Files.writeString(
        host.home().resolve("conf/jvm.options"), "\n-Xmx128m\n", StandardOpenOption.APPEND);
    Path dumps = host.home().resolve("var/dump");
    host.done("start");
    String pid = Files.readString(host.home().resolve("var/run/host.pid")).strip();
    ProcessHandle process = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    try (Client client = new Client(badPort)) {
      client.send("oom\n");
      client.awaitClosed();
    }
    HostIT.eventually("it has ended", false, process::isAlive);
    assertEquals(List.of("java_pid" + pid + ".hprof.gz"), names(dumps));

    host.done("start");
    assertEchoServesNewClients();
    awaitLog(
        "as no memory was left. Code of services that ran just then: bad 1.0.0 in "
            + BadCitizen.class.getName()
            + "$Handler.fill(");
    List<String> kept = names(dumps);
    assertEquals(kept.toString(), 1, kept.size());
    assertEquals(
        List.of(
            "event.txt", "heap.hprof.gz", "host.out", "memory.txt", "slipway.log", "versions.txt"),
        names(dumps.resolve(kept.get(0))));
    String status = host.done("status");
    assertTrue(status, status.contains("dump: the host ended, as no memory was left"));
  }

  private static List<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::getFileName).map(Path::toString).sorted().toList();
    }
  }
}
