package slipway.itest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.Rule;
import org.junit.Test;
import slipway.itest.fixtures.HangsInStop;

/** What is left of a host that crashes or hangs, and what operators ask for, in real processes. */
public class DumpsIT {

  @Rule public final UnpackedHost host = new UnpackedHost();

  private Path dumps() {
    return host.home().resolve("var/dump");
  }

  private static List<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::getFileName).map(Path::toString).sorted().toList();
    }
  }

  private String pid() throws Exception {
    return Files.readString(host.home().resolve("var/run/host.pid")).strip();
  }

  private void signal(String signal) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", signal, pid()).start().waitFor());
  }

  private String log() throws Exception {
    return Files.readString(host.home().resolve("var/log/slipway.log"));
  }

  /** The only dump. */
  private Path dump() throws Exception {
    List<String> names = names(dumps());
    assertEquals(names.toString(), 1, names.size());
    assertTrue(
        names.toString(), names.get(0).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ"));
    return dumps().resolve(names.get(0));
  }

  private static void assertPrivate(Path folder) throws Exception {
    assertEquals("rwx------", mode(folder));
    for (String name : names(folder)) {
      assertEquals(name, "rw-------", mode(folder.resolve(name)));
    }
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  public void aCrashIsToldOfUntilItIsAcknowledged() throws Exception {
    Files.writeString(
        host.home().resolve("conf/jvm.options"),
        "\n-Dmy.password=hunter2\n",
        StandardOpenOption.APPEND);
    host.done("start");
    ProcessHandle process = host.process().orElseThrow();
    signal("-SEGV");
    process.onExit().get(60, TimeUnit.SECONDS);
    assertTrue(Files.exists(dumps().resolve("crash-" + process.pid() + ".log")));

    host.done("start");
    Path dump = dump();
    String name = dump.getFileName().toString();
    assertEquals(
        List.of("error.log", "event.txt", "host.out", "slipway.log", "versions.txt"), names(dump));
    assertPrivate(dump);
    String error = Files.readString(dump.resolve("error.log"));
    assertTrue(error.contains("SIGSEGV"));
    assertTrue(error.contains("-Dmy.password=(left out)"));
    assertFalse(error.contains("hunter2"));
    assertTrue(Files.readString(dump.resolve("slipway.log")).contains("is ready after"));
    assertTrue(Files.readString(dump.resolve("versions.txt")).contains("slipway.services.echo "));

    HostIT.eventually(
        "the log names it",
        true,
        () -> log().contains("what is left of it is in var/dump/" + name));
    String told = "dump: the host crashed: SIGSEGV (0xb)";
    String status = host.done("status");
    assertTrue(status, status.contains(told) && status.contains("bin/slipway dump ack " + name));
    String listed = host.done("dump", "ls");
    assertTrue(listed, listed.contains(name) && listed.contains(" no "));
    host.done("stop");
    UnpackedHost.Result down = host.run("status");
    assertEquals(3, down.exit());
    assertTrue(down.out(), down.out().contains(told));

    host.done("start");
    host.done("dump", "ack", name);
    status = host.done("status");
    assertFalse(status, status.contains("dump:"));
  }

  @Test
  public void operatorsGetDumpsWithoutSecretsOfTheConfiguration() throws Exception {
    host.configure("slipway.mine.cfg", "api.token = hunter2\nport = 1\n");
    Files.writeString(host.home().resolve("conf/data.password"), "hunter2\n");
    host.done("start");

    String archive = host.done("dump", "all");
    Path zip = dump().resolve("report.zip");
    assertTrue(archive, archive.contains(dump().toString()));
    assertPrivate(dump());
    Map<String, String> entries = entries(zip);
    for (String name :
        List.of(
            "acserv-ps.json",
            "conf/slipway.acceptor-main.cfg",
            "conf/slipway.mine.cfg",
            "contents.txt",
            "libctl-ps.json",
            "log/slipway.log",
            "threads.json",
            "threads.txt",
            "tree.txt",
            "versions.txt")) {
      assertTrue(name + " in " + entries.keySet(), entries.containsKey(name));
    }
    assertFalse(entries.containsKey("heap.hprof.gz"));
    assertFalse(entries.containsKey("conf/data.password"));
    entries.forEach((name, text) -> assertFalse(name, text.contains("hunter2")));
    assertTrue(entries.get("libctl-ps.json").contains("\"echo\""));
    assertTrue(entries.get("tree.txt").contains("\nservices\n"));
    assertFalse(entries.get("contents.txt"), entries.get("contents.txt").contains("failed"));

    UnpackedHost.Result refused = host.run("dump", "heap");
    assertEquals(1, refused.exit());
    assertTrue(refused.err(), refused.err().contains("passwords of users"));
    host.done("dump", "heap", "--yes");
    Path heap = dumps().resolve(names(dumps()).getLast()).resolve("heap.hprof.gz");
    assertEquals("rw-------", mode(heap));
    try (InputStream in = new GZIPInputStream(Files.newInputStream(heap))) {
      assertEquals("JAVA PROFILE", new String(in.readNBytes(12), UTF_8));
    }
    String threads = host.done("dump", "threads");
    assertTrue(threads, threads.startsWith("threads\n  platform threads "));
    UnpackedHost.Result recording = host.run("dump", "recording");
    assertTrue(recording.err(), recording.err().contains("nothing is recorded now"));
    assertFalse(host.done("status").contains("dump:"));
  }

  private static Map<String, String> entries(Path archive) throws Exception {
    Map<String, String> entries = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
      }
    }
    return entries;
  }

  @Test
  public void theVirtualMachineOfAHostThatDoesNotAnswerIsAsked() throws Exception {
    host.done("start");
    signal("-QUIT");
    HostIT.eventually(
        "threads in host.out",
        true,
        () ->
            Files.readString(host.home().resolve("var/log/host.out")).contains("Full thread dump"));
    Files.delete(host.home().resolve("var/run/admin.sock"));
    UnpackedHost.Result threads = host.run("dump", "threads");
    assertEquals(threads.err(), 0, threads.exit());
    assertTrue(threads.err(), threads.err().contains("its virtual machine is asked"));
    Path dump = dump();
    assertTrue(threads.out(), threads.out().contains(dump.getFileName().toString()));
    assertPrivate(dump);
    assertTrue(Files.readString(dump.resolve("threads.json")).contains("slipway-control"));
    assertTrue(Files.readString(dump.resolve("threads.txt")).contains("slipway-control"));

    signal("-STOP");
    UnpackedHost.Result suspended = host.run("dump", "threads");
    signal("-CONT");
    assertEquals(1, suspended.exit());
    assertTrue(suspended.err(), suspended.err().contains("kill -CONT"));
  }

  @Test
  public void aHostThatDoesNotStopLeavesWhatItsThreadsDid() throws Exception {
    host.configure("slipway.service-hangs.cfg", "state = FIXED\n");
    new ServiceJar("hangs", HangsInStop.class).into(host.home().resolve("services"));
    host.done("start");
    host.run("stop", "--timeout", "0");
    Path dump = dump();
    assertPrivate(dump);
    assertEquals(
        List.of(
            "event.txt", "host.out", "slipway.log", "threads.json", "threads.txt", "versions.txt"),
        names(dump));
    assertTrue(
        Files.readString(dump.resolve("threads.txt"))
            .contains(HangsInStop.class.getName() + ".deactivate("));
    UnpackedHost.Result status = host.run("status");
    assertEquals(3, status.exit());
    assertTrue(status.out(), status.out().contains("dump: the host did not stop: the bundles"));
  }
}
