package slipway.itest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import slipway.itest.UnpackedHost.Result;
import slipway.itest.fixtures.ThrowsInActivation;
import slipway.itest.fixtures.Versioned;

/** The distribution as it is shipped: unpacked, started, talked to, restarted and stopped. */
public class DistributionIT {

  private static final long PATIENCE_SECONDS = 60;

  @Rule public final UnpackedHost unpacked = new UnpackedHost("a place with spaces");
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path home;
  private int main;
  private int fixed;

  @Before
  public void configure() throws IOException {
    home = unpacked.home();
    main = unpacked.port();
    fixed = FreePort.next();
    Files.writeString(
        home.resolve("conf/slipway.acceptor-double.cfg"), "port = " + fixed + "\nservice = echo\n");
  }

  private void asShipped(String file) throws IOException {
    Files.copy(
        Path.of(System.getProperty("slipway.distribution")).resolve("../pristine").resolve(file),
        home.resolve(file),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private Result slipway(String... arguments) throws Exception {
    return unpacked.run(arguments);
  }

  private void assertExit(int expected, Result result) {
    assertEquals(result.out() + result.err(), expected, result.exit());
  }

  @Test
  public void startsServesIsCommandedAndStops() throws Exception {
    asShipped("conf/jvm.options");
    assertExit(3, slipway("status"));
    assertExit(69, slipway("libctl", "ps"));
    Result start = slipway("start");
    assertExit(0, start);
    assertTrue(start.out(), start.out().contains("127.0.0.1:" + main));
    assertTrue(start.out(), start.out().contains("FIXED: admin, echo, time"));
    assertExit(0, slipway("status"));
    assertExit(1, slipway("start"));

    try (Client client = new Client(main)) {
      client.send("echo\0hello\0");
      assertEquals("echo\0hello\0", client.rest());
    }
    try (Client client = new Client(fixed)) {
      client.send("no name first");
      assertEquals("no name first", client.rest());
    }

    Result listed = slipway("libctl", "ps");
    assertExit(0, listed);
    assertTrue(listed.out(), listed.out().contains("RESOLVED"));
    Result refused = slipway("libctl", "state", "echo", "9");
    assertExit(1, refused);
    assertEquals("", refused.out());
    assertTrue(refused.err(), refused.err().contains("allowed"));

    assertExit(0, slipway("stop"));
    assertExit(3, slipway("status"));
    assertExit(0, slipway("stop"));
  }

  @Test
  public void whatCommandsChangeIsThereAfterARestartAlsoWithoutVar() throws Exception {
    assertExit(0, slipway("start"));
    int third = FreePort.next();
    assertExit(0, slipway("acserv", "state", "" + third, "1"));
    assertExit(0, slipway("libctl", "state", "time", "LOCKED"));
    assertExit(0, slipway("stop"));
    delete(home.resolve("var"));

    assertExit(0, slipway("start"));
    try (Client client = Client.of("echo", third)) {
      assertTrue(client.answers("hello"));
    }
    assertTrue(slipway("libctl", "ps").out().contains("LOCKED"));
    assertExit(0, slipway("acserv", "state", "" + third, "0"));
    assertTrue(!Files.exists(home.resolve("conf/slipway.acceptor-" + third + ".cfg")));
  }

  @Test
  public void aPortThatIsTakenIsToldAtTheStartAndTheHostLives() throws Exception {
    try (ServerSocket other = new ServerSocket(fixed, 1, InetAddress.getLoopbackAddress())) {
      Result start = slipway("start");
      assertExit(1, start);
      assertTrue(start.err(), start.err().contains("Address already in use"));
      assertEquals(fixed, other.getLocalPort());
      try (Client client = Client.of("echo", main)) {
        assertTrue(client.answers("hello"));
      }
    }
    HostIT.eventually("bound once it is free", true, () -> isListening(fixed));
  }

  private static boolean isListening(int port) {
    try {
      new Client(port).close();
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /** The limit of a process stands for the disk. */
  @Test
  public void aHostThatCannotSayWhyItEndsIsSaidToHaveAFullDisk() throws Exception {
    String script = "ulimit -f 0; exec \"$0\" start";
    Process start =
        new ProcessBuilder("/bin/sh", "-c", script, home.resolve("bin/slipway").toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String error = new String(start.getErrorStream().readAllBytes(), UTF_8);
    assertEquals(error, 1, start.waitFor());
    assertTrue(error, error.contains("host.out cannot be written to, as if the disk were full"));
    assertExit(3, slipway("status"));
    assertExit(0, slipway("start"));
  }

  @Test
  public void aHostThatWasKilledIsStartedAgain() throws Exception {
    assertExit(0, slipway("start"));
    ProcessHandle host = host();
    host.destroyForcibly();
    host.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertExit(3, slipway("status"));
    assertExit(69, slipway("libctl", "ps"));
    assertExit(0, slipway("start"));
    assertExit(0, slipway("libctl", "ps"));
  }

  @Test
  public void versionsOutliveARestartAndCanBeGoneBackTo() throws Exception {
    Path jars = folder.newFolder("jars").toPath();
    assertExit(0, slipway("start"));
    for (String version : List.of("one", "two")) {
      Path jar = new ServiceJar("swapped", Versioned.class).saying(version).into(jars);
      assertExit(0, slipway("libctl", "install", jar.toString()));
      assertEquals(version + ":x", answer("swapped"));
    }
    assertExit(0, slipway("stop"));

    assertExit(0, slipway("start"));
    assertEquals("two:x", answer("swapped"));
    assertExit(0, slipway("libctl", "rollback", "swapped"));
    assertEquals("one:x", answer("swapped"));
    assertExit(0, slipway("stop"));

    assertExit(0, slipway("start"));
    assertEquals("a rollback holds after a restart", "one:x", answer("swapped"));
    new ServiceJar("swapped", ThrowsInActivation.class).into(home.resolve("services"));
    assertExit(0, slipway("libctl", "state", "swapped", "FIXED"));
    HostIT.eventually(
        "the new version has failed",
        true,
        () -> slipway("libctl", "history", "swapped").out().contains("failed: "));
    assertEquals("one:x", answer("swapped"));
    assertExit(0, slipway("stop"));

    Result start = slipway("start");
    assertExit(1, start);
    assertTrue(start.err(), start.err().contains("services/swapped.jar: "));
    assertEquals("what served goes on", "one:x", answer("swapped"));
    assertTrue(slipway("libctl", "ps").out().contains("swapped.jar  "));
    assertExit(0, slipway("stop"));

    Files.writeString(home.resolve("services/swapped.jar"), "no jar");
    assertExit(1, slipway("start"));
    assertEquals("one:x", answer("swapped"));
  }

  @Test
  public void aLibraryThatIsRemovedInUseIsToldBeforeTheRestartAndAfterIt() throws Exception {
    Path library = libraryAndUser();
    assertExit(0, slipway("start"));
    assertEquals("one:x", answer("swapped"));
    Path away = Files.move(library, folder.getRoot().toPath().resolve("away.jar"));
    HostIT.eventually(
        "it is told", true, () -> problems().contains("swapped uses it; it stays until"));
    assertTrue(slipway("libctl", "ps").out().contains("library.jar  "));
    assertEquals("one:x", answer("swapped"));
    Files.move(away, library);
    HostIT.eventually("nothing is wrong", false, () -> problems().contains("library.jar"));
    Files.move(library, away);
    assertExit(0, slipway("stop"));

    Result start = slipway("start");
    assertExit(1, start);
    assertTrue(start.err(), start.err().contains("service swapped: it cannot be resolved"));
    Files.move(away, library);
    HostIT.eventually("nothing is wrong", false, () -> problems().contains("swapped"));
    assertEquals("one:x", answer("swapped"));
  }

  @Test
  public void aLibraryThatBreaksWhileTheHostDoesNotRunIsUsedAsItWas() throws Exception {
    Path library = libraryAndUser();
    assertExit(0, slipway("start"));
    assertExit(0, slipway("stop"));
    byte[] whole = Files.readAllBytes(library);
    Files.write(library, Arrays.copyOf(whole, whole.length / 2));
    for (int times = 0; times < 2; times++) {
      Result start = slipway("start");
      assertExit(1, start);
      assertTrue(start.err(), start.err().contains("services/library.jar: it is no jar"));
      assertFalse(start.err(), start.err().contains("swapped"));
      assertEquals("one:x", answer("swapped"));
      assertExit(0, slipway("stop"));
    }
    Files.write(library, whole);
    assertExit(0, slipway("start"));
    assertEquals("one:x", answer("swapped"));
  }

  private String problems() throws Exception {
    Result status = slipway("status");
    return status.out() + status.err();
  }

  /** Puts a library into the host's folder, and a LOADED service that cannot be without. */
  private Path libraryAndUser() throws IOException {
    Path services = home.resolve("services");
    new ServiceJar("swapped", Versioned.class).saying("one").importing("shared").into(services);
    return new ServiceJar("library", null)
        .with("Provide-Capability", "library")
        .with("Export-Package", "shared")
        .into(services);
  }

  private String answer(String service) throws IOException {
    try (Client client = Client.of(service, main)) {
      client.send("x\n");
      return client.line();
    }
  }

  @Test
  public void shutdownWaitsForConnectionsAndExits() throws Exception {
    assertExit(0, slipway("start"));
    try (Client user = Client.of("echo", main)) {
      Result shutdown = slipway("shutdown", "--timeout", "200ms");
      assertExit(0, shutdown);
      assertTrue(shutdown.out(), shutdown.out().contains("closed: 1"));
      user.awaitClosed();
    }
    HostIT.eventually("ended", 3, () -> slipway("status").exit());
  }

  @Test
  public void aSignalWaitsForConnectionsAndTheHostExits() throws Exception {
    ProcessHandle host = startWithShutdownTimeout("60s");
    try (Client user = Client.of("echo", main)) {
      assertTrue(user.answers("before"));
      host.destroy();
      awaitOutput("slipway: SIGTERM: shutdown --timeout 60s");
      awaitOutput("1 connection is still open");
      assertTrue(user.answers("after"));
    }
    host.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    awaitOutput("exiting: connections ended by themselves: 1, closed: 0");
    assertTrue(!Files.exists(home.resolve("var/run/host.pid")));
  }

  @Test
  public void aSignalWaitsNoLongerThanItsDeadline() throws Exception {
    ProcessHandle host = startWithShutdownTimeout("200ms");
    try (Client user = Client.of("echo", main)) {
      assertTrue(user.answers("before"));
      host.destroy();
      user.awaitClosed();
    }
    host.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    awaitOutput("exiting: connections ended by themselves: 0, closed: 1");
  }

  @Test
  public void aSecondSignalEndsTheHostNowAndItStartsAgain() throws Exception {
    Path archive = home.resolve("var/host.jsa");
    Files.deleteIfExists(archive);
    startWithShutdownTimeout("60s");
    assertExit(0, slipway("stop"));
    assertTrue(Files.exists(archive));
    assertExit(0, slipway("start"));
    assertTrue("one that is whole is kept", Files.exists(archive));
    ProcessHandle host = host();
    try (Client user = Client.of("echo", main)) {
      assertTrue(user.answers("before"));
      host.destroy();
      awaitOutput("slipway: SIGTERM: shutdown --timeout 60s");
      host.destroy();
      user.awaitClosed();
      host.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    awaitOutput("slipway: a second signal, SIGTERM: the host ends now");
    assertExit(3, slipway("status"));
    assertExit(0, slipway("start"));
    assertTrue("as after a kill it is not trusted", !Files.exists(archive));
  }

  @Test
  public void whatIsInThePlaceOfTheClassArchiveIsClearedOrTold() throws Exception {
    Path archive = home.resolve("var/host.jsa");
    for (String made : List.of("mkdir", "mkfifo", "ln -s nowhere/x")) {
      inHome("mkdir -p var; rm -rf var/host.jsa; " + made + " var/host.jsa");
      Result run = slipway("run", "nonsense"); // is refused by the launcher, in Java
      assertExit(64, run);
      assertEquals(made, "slipway: run nonsense: run takes no arguments\n", run.err());
      assertTrue(
          made,
          Files.notExists(archive, LinkOption.NOFOLLOW_LINKS)
              || Files.isRegularFile(archive, LinkOption.NOFOLLOW_LINKS));
    }

    inHome("rm -rf var/host.jsa; mkdir var/host.jsa; echo mine >var/host.jsa/notes");
    Result start = slipway("start");
    assertExit(0, start);
    assertTrue(start.err(), start.err().contains("/var/host.jsa is in the way and cannot be "));
    assertExit(0, slipway("stop"));
    String output = Files.readString(home.resolve("var/log/host.out"));
    assertTrue(output, output.lines().allMatch(line -> line.startsWith("Slipway ")));
    assertEquals("mine\n", Files.readString(archive.resolve("notes")));
  }

  private void inHome(String script) throws Exception {
    Process shell =
        new ProcessBuilder("/bin/sh", "-c", script).directory(home.toFile()).inheritIO().start();
    assertEquals(script, 0, shell.waitFor());
  }

  @Test
  public void withoutNativeLibrariesTheHostWarnsAndAnswersAClientThatEndsItsOutput()
      throws Exception {
    Files.writeString(
        home.resolve("conf/jvm.options"),
        "-Dio.netty.transport.noNative=true\n",
        StandardOpenOption.APPEND);
    Result start = slipway("start");
    assertExit(0, start);
    assertTrue(start.out(), start.out().contains("(nio/unix)"));
    assertTrue(
        start.out(), start.out().contains("\nwarning: neither io_uring nor epoll can be used: "));

    try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      client.connect(UnixDomainSocketAddress.of(shortest(home.resolve("var/run/admin.sock"))));
      client.write(UTF_8.encode("libctl ps\n"));
      client.shutdownOutput();
      String reply = new String(Channels.newInputStream(client).readAllBytes(), UTF_8);
      assertTrue(reply, reply.contains("echo") && reply.endsWith("Success\n"));
    }
  }

  /** A socket's address has room for about a hundred bytes. */
  private static Path shortest(Path path) {
    return Path.of("").toAbsolutePath().relativize(path);
  }

  private ProcessHandle startWithShutdownTimeout(String timeout) throws Exception {
    Files.writeString(
        home.resolve("conf/host.properties"), "slipway.shutdown.timeout = " + timeout + "\n");
    assertExit(0, slipway("start"));
    return host();
  }

  private ProcessHandle host() throws IOException {
    return unpacked.process().orElseThrow();
  }

  private void awaitOutput(String line) throws Exception {
    Path output = home.resolve("var/log/host.out");
    HostIT.eventually(line, true, () -> Files.readString(output).contains(line));
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
