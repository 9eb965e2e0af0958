package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The bots that ship, at the services that ship: nothing of theirs is wrong. */
public class BotsIT {

  private static final List<String> NET =
      List.of("--framing", "net", "--codec", "chained", "--code", "0x77", "--key", "0x32");

  /** A busy machine is no fault of the server. */
  private static final List<String> COMMON = List.of("--late", "60s", "--json");

  private static final int LEAST_SWAPS = 3;
  private static final long PATIENCE_SECONDS = 120;

  /** What {@code packets ends} shows of sessions that have ended by themselves. */
  private static final Pattern LEFT = Pattern.compile("LEFT +(\\d+)");

  @Rule public final UnpackedHost host = new UnpackedHost("a place with spaces");
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private PacketAcceptors acceptors;

  /** The port of the worlds that ship. */
  private int world;

  @Before
  public void configure() throws Exception {
    acceptors = PacketAcceptors.of(host);
    world = FreePort.next();
    host.configure("slipway.acceptor-world.cfg", "port = " + world + "\nservice = world\n");
    host.configure(
        "slipway.account.cfg",
        "address.registrations = 1000\naddress.queue = 1000\nhash.queue = 1000\n");
    host.done("start");
  }

  /** Bots at work beside this test. */
  private final class Bots {

    private final Path out;
    private final Path err;
    private final Process process;

    private Bots(String verb, int port, List<String> framing, String... options)
        throws IOException {
      out = folder.newFile().toPath();
      err = folder.newFile().toPath();
      String[] arguments =
          Stream.of(List.of("bots", verb, "127.0.0.1:" + port), framing, COMMON, List.of(options))
              .flatMap(List::stream)
              .toArray(String[]::new);
      process =
          host.command(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    }

    private boolean areAtWork() {
      return process.isAlive();
    }

    /** Their report, in which nothing is wrong. */
    private JsonObject passed() throws Exception {
      assertTrue("the bots end", process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
      String report = Files.readString(out);
      assertEquals(report + Files.readString(err), 0, process.exitValue());
      JsonObject json = JsonParser.parseString(report).getAsJsonObject();
      assertTrue(report, json.get("passed").getAsBoolean());
      assertEquals("nothing beside the report", "", Files.readString(err));
      return json;
    }
  }

  private static long figure(JsonObject report, String key) {
    return report.getAsJsonObject("figures").get(key).getAsLong();
  }

  @Test
  public void clientsNoticeNothingOfNewVersions() throws Exception {
    String[] options = {
      "--connections",
      "20",
      "--sizes",
      "12..256",
      "--under-way",
      "5",
      "--pause",
      "10ms",
      "--reconnect",
      "5",
      "--seconds",
      "8"
    };
    Bots servers = new Bots("echo", acceptors.lan(), List.of(), options);
    Bots clients = new Bots("echo", acceptors.net(), NET, options);
    int swaps = 0;
    while (swaps < LEAST_SWAPS || (servers.areAtWork() && clients.areAtWork())) {
      swaps++;
      Path version =
          LaterBuild.of(host.shipped("packets"), "9." + swaps + ".0", folder.getRoot().toPath());
      host.done("libctl", "install", version.toString());
    }
    long connects = 0;
    for (JsonObject report : List.of(servers.passed(), clients.passed())) {
      assertTrue(report.toString(), figure(report, "answered") > 0);
      assertEquals(
          figure(report, "sent"), figure(report, "answered") + figure(report, "abandoned"));
      connects += figure(report, "connects");
    }
    long expected = connects;
    HostIT.eventually("the host counts as the bots", true, () -> sessionsThatLeft() == expected);
  }

  private long sessionsThatLeft() throws Exception {
    return LEFT.matcher(host.done("packets", "ends"))
        .results()
        .map(MatchResult::group)
        .mapToLong(group -> Long.parseLong(group.replaceAll("\\D", "")))
        .sum();
  }

  @Test
  public void eachClientHearsAllThatIsPublished() throws Exception {
    Bots bots = new Bots("publish", acceptors.net(), NET, "--connections", "10", "--seconds", "4");
    JsonObject report = bots.passed();
    assertEquals(figure(report, "published") * 9, figure(report, "heard"));
  }

  @Test
  public void attackersHarmNobodyElse() throws Exception {
    String[] options = {"--seconds", "5", "--close-within", "60s"};
    Bots servers = new Bots("attack", acceptors.lan(), List.of(), options);
    Bots clients = new Bots("attack", acceptors.net(), NET, options);
    for (JsonObject report : List.of(servers.passed(), clients.passed())) {
      assertTrue(report.toString(), figure(report, "answered") > 0);
      for (String attack : List.of("tooLong", "empty", "garbage", "flood", "storm")) {
        assertTrue(attack, figure(report, attack + "Attacks") > 0);
      }
    }
    String ends = host.done("packets", "ends");
    for (String reason : List.of("BAD_CODE", "BAD_LENGTH", "BAD_CHECKSUM", "BAD_PACKET")) {
      assertTrue(ends, ends.contains(reason));
    }
    host.done("status");
  }

  @Test
  public void playersNoticeNothingOfNewVersions() throws Exception {
    Bots bots =
        new Bots(
            "world",
            world,
            List.of(),
            "--players",
            "20",
            "--seconds",
            "20",
            "--skips",
            "1000000"); // which a busy machine makes
    int swaps = 0;
    while (swaps < LEAST_SWAPS || bots.areAtWork()) {
      swaps++;
      Path version =
          LaterBuild.of(host.shipped("world"), "9." + swaps + ".0", folder.getRoot().toPath());
      host.done("libctl", "install", version.toString());
    }
    JsonObject report = bots.passed();
    assertEquals(report.toString(), 20, figure(report, "players"));
    assertTrue(report.toString(), figure(report, "walks") > 0);
  }

  @Test
  public void playersWhoseConnectionsAreCutComeBackAlsoToANewVersion() throws Exception {
    host.configure("slipway.packet-world.cfg", "service = world\nresume.window = 1m\n");
    HostIT.eventually(
        "configured",
        true,
        () -> host.done("logs", "show", "1000").contains("slipway.packet~world is as"));
    Bots bots =
        new Bots(
            "world",
            world,
            List.of(),
            "--players",
            "20",
            "--seconds",
            "10",
            "--cut",
            "10",
            "--skips",
            "1000000");
    Path version = LaterBuild.of(host.shipped("world"), "9.1.0", folder.getRoot().toPath());
    host.done("libctl", "install", version.toString());
    JsonObject report = bots.passed();
    assertTrue(report.toString(), figure(report, "cuts") > 0);
    assertEquals(figure(report, "cuts"), figure(report, "resumed"));
  }

  @Test
  public void aWrongCommandLineAndAServerThatIsNotThereAreToldApart() throws Exception {
    UnpackedHost.Result usage =
        host.run("bots", "echo", "127.0.0.1:" + acceptors.lan(), "--framing", "wan");
    assertEquals(64, usage.exit());
    assertEquals("", usage.out());
    assertTrue(usage.err(), usage.err().contains("--framing wan: allowed is lan or net"));
    UnpackedHost.Result nobody = host.run("bots", "echo", "127.0.0.1:" + FreePort.next());
    assertEquals(1, nobody.exit());
    assertTrue(nobody.err(), nobody.err().contains("no client got in"));
    assertTrue(host.done("bots", "--help").contains("attack"));
  }
}
