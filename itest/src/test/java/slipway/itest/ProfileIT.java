package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordingFile;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import slipway.itest.fixtures.Busy;

/**
 * Which service uses what, in the distribution's own process: two versions of one service at once,
 * with the same classes, and services that burn, allocate and block.
 */
public class ProfileIT {

  private static final double TOLERANCE = 0.2;
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Pattern MATCHED = Pattern.compile("id=\"matchval\">([\\d.]+)%");

  @Rule public final UnpackedHost host = new UnpackedHost();

  private final Map<String, Integer> ports = new HashMap<>();

  @Before
  public void start() throws Exception {
    Files.writeString(
        host.home().resolve("conf/host.properties"),
        "slipway.threads = 3\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    for (String service : new String[] {"busy", "feed", "stuck"}) {
      ports.put(service, FreePort.next());
      Files.writeString(
          host.home().resolve("conf/slipway.acceptor-" + service + ".cfg"),
          "port = " + ports.get(service) + "\nservice = " + service + "\nidle.timeout = 0\n");
      jar(service, "1.0.0", host.home().resolve("services"));
    }
    host.done("start");
  }

  @After
  public void end() throws Exception {
    for (String service : ports.keySet()) {
      try (Client client = new Client(ports.get(service))) {
        client.send("end\n");
        client.line();
      }
    }
  }

  private static Path jar(String service, String version, Path folder) throws Exception {
    return new ServiceJar(service, Busy.class)
        .with("Bundle-Version", version)
        .saying(version)
        .into(folder);
  }

  private static String ask(Client client, String word) throws Exception {
    client.send(word + "\n");
    return client.line();
  }

  private Client told(String service, String word) throws Exception {
    Client client = new Client(ports.get(service));
    assertEquals("done " + word, ask(client, word));
    return client;
  }

  /** The row of a version, by {@code profile top --json}; fails if there is none. */
  private static JsonObject row(String json, String service, String version) {
    for (JsonElement each : JsonParser.parseString(json).getAsJsonArray()) {
      JsonObject row = each.getAsJsonObject();
      if (row.get("service").getAsString().equals(service)
          && (row.has("version") ? row.get("version").getAsString() : "").equals(version)) {
        return row;
      }
    }
    throw new AssertionError(service + " " + version + " is not in " + json);
  }

  private static void assertWithin(String what, double truth, double told) {
    assertTrue(
        what + ": truth " + truth + ", told " + told, Math.abs(told - truth) <= TOLERANCE * truth);
  }

  /** What a version's thread has counted for itself, in percent, around a command. */
  private record Watched(Client client, long spent, long at) {

    static Watched of(Client client) throws Exception {
      return new Watched(client, Long.parseLong(ask(client, "spent")), System.nanoTime());
    }

    double percent() throws Exception {
      Watched now = of(client);
      return 100.0 * (now.spent - spent) / (now.at - at);
    }
  }

  @Test
  public void twoVersionsAtOnceAreToldApartWithWhatTheirThreadsHaveUsed() throws Exception {
    try (Client old = told("busy", "burn")) {
      Path newer = jar("busy", "1.1.0", Files.createDirectory(host.home().resolve("newer")));
      host.done("libctl", "install", newer.toString());
      try (Client client = told("busy", "burn");
          Client feed = told("feed", "allocate")) {
        String soon = host.done("profile", "top", "--for", "3s", "--json");
        assertTrue(soon, percent(soon, "busy", "1.0.0") > 0);
        assertTrue(soon, percent(soon, "busy", "1.1.0") > 0);
        assertTrue(soon, percent(soon, "feed", "1.0.0") > 0);
        Watched first = Watched.of(old);
        Watched second = Watched.of(client);
        Watched third = Watched.of(feed);
        String json = host.done("profile", "top", "--for", "10s", "--json");
        double firstTruth = first.percent();
        double secondTruth = second.percent();
        double thirdTruth = third.percent();
        assertWithin("1.0.0", firstTruth, percent(json, "busy", "1.0.0"));
        assertWithin("1.1.0", secondTruth, percent(json, "busy", "1.1.0"));
        assertWithin("feed", thirdTruth, percent(json, "feed", "1.0.0"));
        assertWithin(
            "allocated",
            100e6,
            row(json, "feed", "1.0.0").get("allocatedBytesPerSecond").getAsDouble());
        assertEquals("done end", ask(client, "end"));
      }
      assertEquals("done end", ask(old, "end"));
    }
  }

  private static double percent(String json, String service, String version) {
    return row(json, service, version).get("cpuPercent").getAsDouble();
  }

  @Test
  public void oneThatBlocksAnEventLoopIsNamedWithoutUsingAnything() throws Exception {
    try (Client stuck = new Client(ports.get("stuck"))) {
      stuck.send("block\n");
      String json = host.done("profile", "top", "--for", "3s", "--json");
      JsonObject row = row(json, "stuck", "1.0.0");
      assertWithin("in handlers", 100, row.get("handlersPercent").getAsDouble());
      assertTrue(json, row.get("cpuPercent").getAsDouble() < 10);
      try (Client other = new Client(ports.get("stuck"))) {
        assertEquals("done end", ask(other, "end"));
      }
      assertEquals("done block", stuck.line());
    }
  }

  @Test
  public void thereIsATableLongBeforeTheEndAndItSaysByWhat() throws Exception {
    try (Client busy = told("busy", "burn")) {
      Process top = host.command("profile", "top", "--for", "1h").redirectErrorStream(true).start();
      try (var lines = top.inputReader()) {
        String first = lines.readLine();
        assertTrue(first, first.matches("by (CPU-time|execution) samples.*"));
        String line = lines.readLine();
        while (!line.startsWith("busy ")) {
          line = lines.readLine();
        }
        assertTrue(line, line.matches("busy +1\\.0\\.0 +\\d+\\.\\d %.*"));
      } finally {
        top.destroy();
        assertTrue(top.waitFor(60, TimeUnit.SECONDS));
      }
      assertEquals("done end", ask(busy, "end"));
    }
  }

  /** The names of frames. The page has of each only what differs from the one before. */
  private static List<String> frames(String html) {
    List<String> names = new ArrayList<>();
    html.lines()
        .dropWhile(line -> !line.equals("const cpool = ["))
        .skip(1)
        .takeWhile(line -> line.startsWith("'"))
        .map(line -> line.replaceFirst("^'(.*)',?$", "$1"))
        .forEach(
            name ->
                names.add(
                    names.isEmpty()
                        ? name
                        : names.getLast().substring(0, name.charAt(0) - ' ') + name.substring(1)));
    return names;
  }

  @Test
  public void aFlameGraphShowsTheFramesOfTheService() throws Exception {
    try (Client busy = told("busy", "burn")) {
      String out = host.done("profile", "flame", "--service", "busy", "--for", "3s");
      Path html = Path.of(out.strip().replaceFirst("^\\d+ samples are in ", ""));
      assertEquals(host.home().resolve("var/dump").toRealPath(), html.getParent().toRealPath());
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(html)));
      String text = Files.readString(html);
      assertTrue(html.toString(), frames(text).contains("slipway.itest.fixtures.Busy.burn"));
      assertFalse("one file", text.contains("src=\"http"));
      assertEquals("done end", ask(busy, "end"));
    }
  }

  @Test
  public void aBrowserDrawsTheFlameGraph() throws Exception {
    Assume.assumeTrue("chromium is not installed", Files.isExecutable(CHROMIUM));
    try (Client busy = told("busy", "burn")) {
      Path html = host.home().resolve("flame.html");
      host.done("profile", "flame", "--service", "busy", "--for", "3s", "--to", "" + html);
      assertEquals("done end", ask(busy, "end"));
      // as a person would search; then the page says how much of the graph is drawn as found
      String text = Files.readString(html);
      int end = text.lastIndexOf("</script>");
      Path searched = host.home().resolve("searched.html");
      Files.writeString(
          searched, text.substring(0, end) + "search('Busy.burn$');" + text.substring(end));
      Process chromium =
          new ProcessBuilder(
                  CHROMIUM.toString(),
                  "--headless",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--user-data-dir=" + host.home().resolve("chromium"),
                  "--dump-dom",
                  searched.toUri().toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String page = new String(chromium.getInputStream().readAllBytes());
      assertTrue(chromium.waitFor(60, TimeUnit.SECONDS));
      Matcher matched = MATCHED.matcher(page);
      assertTrue(page, matched.find());
      assertTrue(matched.group(), Double.parseDouble(matched.group(1)) > 50);
    }
  }

  @Test
  public void theLastMinutesAreRecordedIfConfiguredWithVersionsAndSections() throws Exception {
    assertEquals("off\n", host.done("profile", "record"));
    host.configure("slipway.profile.cfg", "record = true\nrecord.age = 5m\n");
    String on = "on: the last 5m, at most 100 MiB, are kept\n";
    HostIT.eventually("recorded", on, () -> host.done("profile", "record"));
    assertTrue(Files.isDirectory(host.home().resolve("var/jfr")));
    String saved = host.done("profile", "record", "save").strip().replaceFirst("^saved: ", "");
    Path file = Path.of(saved).resolve("recording.jfr");
    assertTrue(
        RecordingFile.readAllEvents(file).stream()
            .anyMatch(
                event ->
                    event.getEventType().getName().equals("slipway.Version")
                        && event.getString("service").equals("echo")));
    host.configure("slipway.profile.cfg", "record.age = 1s\n");
    HostIT.eventually(
        "refused", true, () -> host.run("problems").out().contains("record.age = 1s"));
    assertEquals(on, host.done("profile", "record"));
    host.configure("slipway.profile.cfg", "record = false\n");
    HostIT.eventually("off", "off\n", () -> host.done("profile", "record"));
  }

  @Test
  public void sectionsAreEventsOfARecordingThatSomebodyElseMakes() throws Exception {
    long pid = host.process().orElseThrow().pid();
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    host.done("profile", "sections", "on");
    host.done("profile", "sections", "off");
    Process begin =
        new ProcessBuilder(jcmd, "" + pid, "JFR.start", "+slipway.Section#enabled=true").start();
    assertTrue(begin.waitFor(60, TimeUnit.SECONDS));
    host.done("libctl", "state", "world", "FIXED"); // its zones have a section
    Path file = host.home().resolve("sections.jfr");
    HostIT.eventually(
        "sections",
        true,
        () -> {
          Files.deleteIfExists(file);
          new ProcessBuilder(jcmd, "" + pid, "JFR.dump", "filename=" + file).start().waitFor();
          return RecordingFile.readAllEvents(file).stream()
              .anyMatch(
                  event ->
                      event.getEventType().getName().equals("slipway.Section")
                          && event.getString("section").equals("update"));
        });
  }
}
