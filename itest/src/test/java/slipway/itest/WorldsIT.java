package slipway.itest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.After;
import org.junit.Test;
import slipway.admin.AdminException;
import slipway.admin.DeployAdmin.Deployment;
import slipway.admin.ServiceState;
import slipway.itest.fixtures.Tallies;

/** A world whose versions change under its players. */
public class WorldsIT extends HostIT {

  private static final AtomicInteger COUNT = new AtomicInteger();

  /** One of its own for each test; so is its world's name. */
  private final String name = "tally-" + COUNT.incrementAndGet();

  private int dropped;

  @Inject private CommandProcessor gogo;

  private Path services() {
    return Path.of(context.getProperty("slipway.home"), "services");
  }

  /** What operators are told when a version has gone on with the world of two players. */
  private static final String TOOK_OVER =
      "1 world with 2 sessions: save took at most [0-9.]+ ms, load [0-9.]+ ms;"
          + " [0-9]+ frames were rehearsed";

  private Path conf() {
    return Path.of(context.getProperty("slipway.home"), "conf", "slipway.world-" + name + ".cfg");
  }

  private void drop(String version) throws Exception {
    jar(version, services());
  }

  private Path jar(String version, Path folder) throws IOException {
    return new ServiceJar(name, Tallies.class)
        .importing("slipway.world,slipway.packet,org.osgi.framework")
        .saying(version)
        .containing("world.txt", name)
        .into(folder);
  }

  /** How many versions were deployed, and what became of the last one. */
  private String outcome() throws Exception {
    try {
      List<Deployment> all = deploys.history(name);
      return all.size() + " " + all.get(0).outcome();
    } catch (AdminException notYet) {
      return "";
    }
  }

  private String worlds() throws Exception {
    return run("worlds ps --json");
  }

  private String run(String command) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, UTF_8);
    try (CommandSession session = gogo.createSession(InputStream.nullInputStream(), out, out)) {
      session.put("SCOPE", "slipway:felix:gogo:*");
      session.execute(command);
    }
    return bytes.toString(UTF_8);
  }

  /** What the world answers to a packet. */
  private static String says(Client client) throws IOException {
    return says(client, "x");
  }

  private static String says(Client client, String letter) throws IOException {
    client.send("\1\0" + letter);
    int length = client.bytes(2).charAt(0);
    return client.bytes(length);
  }

  @After
  public void takeAway() throws Exception {
    Files.deleteIfExists(services().resolve(name + ".jar"));
    eventually("its bundle is gone", true, () -> bundle(name) == null);
    Files.deleteIfExists(conf());
  }

  private void serve(String version) throws Exception {
    drop(version);
    dropped++;
    eventually(version + " serves", dropped + " serves", this::outcome);
  }

  @Test
  public void playersStayWhileAnotherVersionTakesTheWorldOver() throws Exception {
    serve("one");
    try (Client ann = Client.of(name, port());
        Client bob = Client.of(name, port())) {
      assertEquals("one 1", says(ann));
      assertEquals("one 2", says(ann));
      assertEquals("one 1", says(bob));
      serve("two");
      assertEquals("two 3", says(ann));
      assertTrue(run("worlds show " + name).contains("Rehearsed by"));
      eventually(
          "it has passed",
          true,
          () ->
              run("worlds show " + name).lines().anyMatch(each -> each.matches("outcome +passed")));
      assertEquals("version two\n2 sessions\n", run("worlds map " + name));
      assertEquals("two 2", says(bob));
      eventually("the old version is gone", List.of(), () -> deploys.leaks());
      Path jar = services().resolve(name + ".jar");
      assertEquals("1 world with 2 sessions", deploys.plan(jar.toUri()).runs());
      String told = deploys.rollback(name).tookOver();
      assertTrue(told, told.matches(TOOK_OVER));
      assertEquals("one 4", says(ann));
      assertTrue(worlds(), worlds().contains("\"world\":\"" + name + "\""));
    }
  }

  @Test
  public void versionsThatCannotGoOnAreTakenOutAndPlayersStay() throws Exception {
    serve("one");
    try (Client ann = Client.of(name, port())) {
      assertEquals("one 1", says(ann));
      int count = 1;
      for (String bad : List.of("unloadable", "clumsy", "brief")) {
        drop(bad);
        dropped++;
        eventually(bad + " is tried", true, () -> outcome().startsWith(dropped + " failed: "));
        count++;
        assertEquals("one " + count, says(ann));
      }
    }
  }

  @Test
  public void loopsComeAndGoUnderAWorld() throws Exception {
    serve("one");
    Path loops = conf().resolveSibling("slipway.worlds.cfg");
    try (Client ann = Client.of(name, port())) {
      int count = 0;
      for (int number : List.of(3, 1, 2)) {
        Files.writeString(loops, "loops = " + number + "\nspin = 50\n");
        eventually(
            number + " loops",
            (long) number,
            () -> run("worlds loops --json").lines().filter(line -> line.startsWith("{")).count());
        run("worlds move " + name + " " + number);
        count++;
        assertEquals("one " + count, says(ann));
      }
    } finally {
      Files.deleteIfExists(loops);
    }
  }

  @Test
  public void aParkedWorldGoesOnWhenItsServiceIsStartedAgain() throws Exception {
    Path folder = Path.of(context.getProperty("slipway.home"), "var", "worlds");
    Files.writeString(conf(), "park = true\nfps = 50\n");
    serve("one");
    services.setState(name, ServiceState.FIXED);
    eventually("configured", true, () -> worlds().contains("\"fps\":50"));
    try (Client ann = Client.of(name, port())) {
      assertEquals("one 1", says(ann));
      assertEquals("one of 2", says(ann, "t"));
    }
    services.setState(name, ServiceState.LOCKED);
    eventually("parked", true, () -> Files.exists(folder.resolve(name + ".world")));
    services.setState(name, ServiceState.FIXED);
    eventually("it goes on", true, () -> Files.exists(folder.resolve(name + ".world.old")));
    try (Client bob = Client.of(name, port())) {
      assertEquals("one 1", says(bob));
      assertEquals("one of 4", says(bob, "t"));
    }
  }

  @Test
  public void aRecordingIsReplayedToAVersionThatIsNotDeployed() throws Exception {
    serve("one");
    Path folder = Files.createTempDirectory("recordings");
    Path file = folder.resolve("tally.record");
    try (Client ann = Client.of(name, port())) {
      assertEquals("one 1", says(ann));
      CompletableFuture<String> recorded = new CompletableFuture<>();
      Thread.ofPlatform()
          .start(
              () -> {
                try {
                  recorded.complete(run("worlds record " + name + " --for 2s --to " + file));
                } catch (Exception failed) {
                  recorded.completeExceptionally(failed);
                }
              });
      for (int count = 2; !recorded.isDone(); count++) { // before it has begun, too
        assertEquals("one " + count, says(ann));
      }
      assertTrue(recorded.get(), recorded.get().contains("its time is over"));
    }
    String same = "\"firstDifference\":\"\"";
    String running = run("worlds replay " + file + " --json");
    assertTrue(running, running.contains(same));
    String one = run("worlds replay " + file + " " + jar("one", folder) + " --json");
    assertTrue(one, one.contains(same));
    for (String other : List.of("two", "clumsy")) {
      Path jar = jar(other, folder);
      Exception differs =
          assertThrows(Exception.class, () -> run("worlds replay " + file + " " + jar));
      assertTrue(
          differs.toString(),
          differs
              .getMessage()
              .startsWith(
                  other.equals("two")
                      ? "worlds replay: it does something else: frame "
                      : "worlds replay: it throws: frame 3 "));
    }
    assertEquals("nothing was deployed", dropped + " serves", outcome());
  }

  @Test
  public void aConfigurationHoldsFromTheNextFrameOn() throws Exception {
    serve("one");
    try (Client ann = Client.of(name, port())) {
      assertEquals("one 1", says(ann));
      Files.writeString(conf(), "fps = 20\n");
      eventually("configured", true, () -> worlds().contains("\"fps\":20"));
      assertEquals("one 2", says(ann));
      Files.writeString(conf(), "fps = 500\n");
      eventually(
          "refused",
          true,
          () ->
              services.refusedConfigurations().stream()
                  .anyMatch(file -> file.reason().contains("fps = 500: allowed is")));
      assertTrue(worlds().contains("\"fps\":20"));
    }
  }
}
