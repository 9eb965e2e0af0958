package slipway.itest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

/** What {@code bin/slipway} makes of arguments, of its surroundings and of a host that is odd. */
public class LauncherIT {

  private static final long PATIENCE_SECONDS = 60;

  /** All that some part of the host would read as more than a letter. */
  private static final String ODD_FOLDER = "a, b ${user.home} %41%d #=+'\"!;&*[~(é";

  @ClassRule public static final UnpackedHost HOST = new UnpackedHost(ODD_FOLDER);

  @Before
  public void start() throws Exception {
    if (HOST.run("status").exit() != 0) {
      HOST.done("start");
    }
  }

  private static String acceptors() throws Exception {
    return HOST.done("acserv", "ps");
  }

  @Test
  public void aLineEndInAnArgumentRunsNothing() throws Exception {
    String before = acceptors();
    for (String end : List.of("\n", "\r\n'\n", "\"\t\n")) {
      String text = "rude" + end + "acserv state main STOP" + end + "#";
      assertEquals(1, HOST.run("users", "ban", "nobody", "1h", text).exit());
      assertEquals(1, HOST.run("libctl", "state", text, "LOCKED").exit());
    }
    assertEquals(before, acceptors());
  }

  @Test
  public void aCommandLineFailsIfOneOfItsCommandsDoes() throws Exception {
    UnpackedHost.Result result = HOST.run("help\nacserv state main LOUD\nacserv state main STOP");
    assertEquals(1, result.exit());
    assertTrue(result.err(), result.err().contains("LOUD"));
    assertTrue(acceptors(), acceptors().contains("START  main"));
  }

  @Test
  public void aQuotedTextInAScriptGoesOverLinesAndRunsNothing() throws Exception {
    String before = acceptors();
    Process console = HOST.command("console").redirectInput(ProcessBuilder.Redirect.PIPE).start();
    try (var in = console.getOutputStream()) {
      in.write("users ban nobody 1h 'rude\nacserv state main STOP\n#'\n".getBytes(UTF_8));
    }
    assertTrue(console.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals(1, console.exitValue());
    assertEquals(before, acceptors());
  }

  @Test
  public void whatWouldHideInAnAnswerIsRefused() throws Exception {
    String before = acceptors();
    Process users =
        HOST.command("users", "add", "nul", "--password-stdin")
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    try (var in = users.getOutputStream()) {
      in.write("secret\0acserv state main STOP\0\n".getBytes(UTF_8));
    }
    assertTrue(users.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals(1, users.exitValue());
    assertEquals(before, acceptors());
    assertTrue(Files.exists(HOST.home().resolve("var/run/ready")));
  }

  @Test
  public void theHostWorksInAFolderOfAnyName() throws Exception {
    String listed = HOST.done("libctl", "ps");
    for (String service : List.of("admin", "chat", "echo", "rand", "time")) {
      assertTrue(listed, listed.contains(service));
    }
    try (Client client = Client.of("echo", HOST.port())) {
      assertTrue(client.answers("hello"));
    }
    HOST.done("logs", "show", "1");
    HOST.done("users", "ls");
    Files.writeString(HOST.home().resolve("conf/slipway.service-time.cfg"), "state = LOCKED\n");
    HostIT.eventually("an edit in conf/", true, () -> HOST.done("libctl", "ps").contains("LOCKED"));
  }

  @Test
  public void aLocaleThatIsNotInstalledManglesNothing() throws Exception {
    for (String locale : List.of("xx_YY.UTF-8", "POSIX", "de_DE.ISO-8859-1")) {
      ProcessBuilder command = HOST.command("libctl", "state", "é€😀", "LOKED");
      command.environment().put("LC_ALL", locale);
      Process process = command.start();
      String error = new String(process.getErrorStream().readAllBytes(), UTF_8);
      assertEquals(1, process.waitFor());
      assertTrue(error, error.contains("LOKED"));
      command = HOST.command("users", "unban", "é€");
      command.environment().put("LC_ALL", locale);
      process = command.start();
      error = new String(process.getErrorStream().readAllBytes(), UTF_8);
      assertTrue(error, error.contains("é€"));
    }
  }

  @Test
  public void theHostBelongsToNobodyWhoStartedIt() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
    HOST.done("stop");
    Path lock = HOST.home().resolve("var/callers.lock");
    String home = HOST.home().toString();
    Process deploy =
        new ProcessBuilder(
                "setsid",
                "sh",
                "-c",
                "exec 7>\"$1/var/callers.lock\"; \"$1/bin/slipway\" start; kill -9 0",
                "sh",
                home)
            .redirectErrorStream(true)
            .start();
    String output = new String(deploy.getInputStream().readAllBytes(), UTF_8);
    assertTrue(deploy.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));

    assertTrue(output, output.contains("is ready"));
    String pid = Files.readString(HOST.home().resolve("var/run/host.pid")).strip();
    assertEquals(0, HOST.run("status").exit());
    Process files = new ProcessBuilder("ls", "-l", "/proc/" + pid + "/fd").start();
    String open = new String(files.getInputStream().readAllBytes(), UTF_8);
    assertTrue(open, open.contains("host.lock") && !open.contains(lock.getFileName().toString()));
    String stat = Files.readString(Path.of("/proc", pid, "stat"));
    String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    assertEquals("its process group", pid, behindName[2]);
    assertEquals("its session", pid, behindName[3]);
  }

  private UnpackedHost.Result shell(String command) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(HOST.home().toFile())
            .redirectOutput(Path.of("/dev/null").toFile())
            .start();
    String error = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertTrue(command, process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    return new UnpackedHost.Result(process.exitValue(), "", error);
  }

  @Test
  public void aReaderThatHasReadEnoughIsNoFailureAndAFullDiskIsOne() throws Exception {
    for (String reader : List.of("head -n 1", "true")) {
      UnpackedHost.Result enough =
          shell("{ bin/slipway libctl ps; echo $? >var/code; } | " + reader);
      assertEquals("", enough.err());
      HostIT.eventually(reader, "0\n", () -> Files.readString(HOST.home().resolve("var/code")));
      Files.delete(HOST.home().resolve("var/code"));
    }
    assumeTrue(Files.exists(Path.of("/dev/full")));
    for (String command : List.of("libctl ps", "status")) {
      UnpackedHost.Result full = shell("bin/slipway " + command + " >/dev/full");
      assertEquals(1, full.exit());
      assertTrue(full.err(), full.err().contains("standard output cannot be written: No space"));
    }
  }

  @Test
  public void aFrozenHostIsTakenForOneAndEnds() throws Exception {
    String pid = Files.readString(HOST.home().resolve("var/run/host.pid")).strip();
    assertEquals(0, new ProcessBuilder("kill", "-STOP", pid).start().waitFor());

    UnpackedHost.Result status = HOST.run("status");
    assertEquals(1, status.exit());
    assertTrue(status.out(), status.out().contains("does not answer"));
    UnpackedHost.Result command = HOST.run("--timeout", "1s", "libctl", "ps");
    assertEquals(1, command.exit());
    assertTrue(command.err(), command.err().contains("--timeout"));
    UnpackedHost.Result stop = HOST.run("stop", "--timeout", "1s");
    assertEquals(stop.err(), 0, stop.exit());
    assertTrue(stop.err(), stop.err().contains("it has said nothing for 5s; sending SIGTERM"));
    assertEquals(3, HOST.run("status").exit());
  }
}
