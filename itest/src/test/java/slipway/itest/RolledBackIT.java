package slipway.itest;

import static org.junit.Assert.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.service.cm.ConfigurationAdmin;
import slipway.admin.RefusedFile;
import slipway.admin.ServiceState;
import slipway.itest.fixtures.Limited;

/** Versions of a service that take other configurations. */
public class RolledBackIT extends HostIT {

  private static final AtomicInteger COUNT = new AtomicInteger();

  /** One of its own for each test. */
  private final String name = "limited-" + COUNT.incrementAndGet();

  private final String pid = "slipway.itest.limited" + COUNT.get();

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Inject private ConfigurationAdmin admin;

  private Path home() {
    return Path.of(context.getProperty("slipway.home"));
  }

  private Path file() {
    return home().resolve("conf").resolve(pid + ".cfg");
  }

  private void configure(int size) throws Exception {
    Files.writeString(file(), "size = " + size + "\n");
  }

  private void install(int limit) throws Exception {
    Path jar =
        new ServiceJar(name, Limited.class)
            .importing("slipway.config")
            .configured(pid, Limited.Check.class)
            .saying(Integer.toString(limit))
            .into(folder.getRoot().toPath());
    deploys.install(jar.toUri(), false);
  }

  private String answer() throws Exception {
    try (Client client = new Client(port())) {
      client.send(name + "\nx\n");
      String reply = client.line();
      return reply.equals(name) ? client.line() : reply;
    }
  }

  private Object configured() throws Exception {
    Dictionary<String, Object> held = admin.getConfiguration(pid, "?").getProperties();
    return held == null ? "" : held.get("size");
  }

  private List<RefusedFile> refused(int size, int limit, String... goOn) {
    return List.of(
        new RefusedFile(
            pid + ".cfg",
            List.of(goOn),
            "size = " + size + ": allowed is a whole number from 1 to " + limit));
  }

  private long bundles() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> ("slipway.services." + name).equals(bundle.getSymbolicName()))
        .count();
  }

  @After
  public void takeAway() throws Exception {
    Files.deleteIfExists(home().resolve("services").resolve(name + ".jar"));
    eventually("gone", 0L, this::bundles);
    Files.deleteIfExists(file());
    Files.deleteIfExists(home().resolve("conf/slipway.service-" + name + ".cfg"));
    eventually("nothing is refused", List.of(), () -> services.refusedConfigurations());
  }

  @Test
  public void aVersionThatIsRolledBackToGoesOnWithWhatItHadLast() throws Exception {
    install(10);
    configure(5);
    eventually("configured", "5:x", this::answer);
    install(1000);
    configure(500);
    eventually("configured", "500:x", this::answer);
    for (int i = 0; i < 10; i++) {
      deploys.rollback(name);
      assertEquals("5:x", answer());
      assertEquals(refused(500, 10, ""), services.refusedConfigurations());
      assertEquals("the file is not touched", "size = 500\n", Files.readString(file()));
      deploys.rollback(name);
      eventually("what the file says again", "500:x", this::answer);
      assertEquals(List.of(), services.refusedConfigurations());
    }
  }

  @Test
  public void aFileThatNobodyHasCheckedIsRefusedBeforeTheServiceIsMade() throws Exception {
    configure(500);
    eventually("seen", "500", this::configured);
    install(10);
    assertEquals("its default, and that is told", "1:x", answer());
    assertEquals(refused(500, 10), services.refusedConfigurations());
    configure(7);
    eventually("configured", "7:x", this::answer);
    services.setState(name, ServiceState.LOCKED);
    configure(600);
    eventually("seen", "600", this::configured);
    services.setState(name, ServiceState.FIXED);
    assertEquals("7:x", answer());
    assertEquals(refused(600, 10, ""), services.refusedConfigurations());
  }
}
