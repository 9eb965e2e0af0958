package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import slipway.admin.AdminException;
import slipway.admin.DeployAdmin.Deployment;
import slipway.admin.DeployAdmin.Refused;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.itest.fixtures.Unmovable;
import slipway.itest.fixtures.Versioned;

/** What operators and their tools do in {@code services/}, under open connections. */
public class OperatorsIT extends HostIT {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name = "habit-" + COUNT.incrementAndGet();

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path services() {
    return Path.of(context.getProperty("slipway.home"), "services");
  }

  private Path file(String suffix) {
    return services().resolve(name + suffix);
  }

  /** A jar outside of {@code services/}. */
  private Path jar(String version) throws Exception {
    return new ServiceJar(name, Versioned.class).saying(version).into(folder.newFolder().toPath());
  }

  private void drop(String version) throws Exception {
    new ServiceJar(name, Versioned.class).saying(version).into(services());
  }

  private String answer() throws Exception {
    try (Client client = new Client(port())) {
      client.send(name + "\nx\n");
      String reply = client.line();
      return reply.equals(name) ? client.line() : reply;
    }
  }

  private void assertAnswers(Client client, String reply) throws Exception {
    client.send("x\n");
    assertEquals(reply, client.line());
  }

  /** Open connections follow a moment after new ones. */
  private void eventuallyAnswers(Client client, String reply) throws Exception {
    eventually(
        "handed over",
        reply,
        () -> {
          client.send("x\n");
          return client.line();
        });
  }

  private List<String> outcomes() throws Exception {
    return deploys.history(name).stream().map(Deployment::outcome).toList();
  }

  private String refused(String file) {
    return deploys.refused().stream()
        .filter(some -> some.file().equals(file))
        .map(Refused::reason)
        .findFirst()
        .orElse("");
  }

  /** Waits until the watcher has looked twice. */
  private void looks() throws Exception {
    for (int look = 0; look < 2; look++) {
      String marker = "marker-" + COUNT.incrementAndGet();
      Path file = Files.writeString(services().resolve(marker + ".jar"), "no jar");
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
      eventually("seen", false, () -> refused(marker + ".jar").isEmpty());
      Files.delete(file);
      eventually("gone", "", () -> refused(marker + ".jar"));
    }
  }

  @After
  public void takeAway() throws Exception {
    Files.deleteIfExists(
        services().resolveSibling("conf").resolve("slipway.service-" + name + ".cfg"));
    try (var files = Files.list(services())) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().contains(name)) {
          Files.delete(file);
        }
      }
    }
    eventually("gone", "none", () -> service(name).reason());
  }

  @Test
  public void onlyJarsThatAreNotHiddenCount() throws Exception {
    drop("one");
    eventually("serves", "one:x", this::answer);
    try (Client client = Client.of(name, port())) {
      assertAnswers(client, "one:x");
      for (String suffix : List.of(".jar.bak", ".jar.disabled", ".JAR", ".jar.filepart", ".zip")) {
        Files.copy(jar("two"), file(suffix));
      }
      Files.copy(jar("two"), services().resolve("." + name + ".jar"));
      Files.createDirectory(file("-folder.jar"));
      looks();
      assertAnswers(client, "one:x");
      for (String suffix : List.of(".jar.bak", ".jar.disabled", ".JAR", ".jar.filepart", ".zip")) {
        Files.delete(file(suffix));
      }
      looks();
      assertAnswers(client, "one:x");
      assertEquals(List.of("serves"), outcomes());
      Files.move(file(".jar"), file(".jar.disabled"));
      eventually("taken away", "ERR unknown service: " + name, this::answer);
    }
  }

  @Test
  public void aRenameIsNoEvent() throws Exception {
    drop("one");
    eventually("serves", "one:x", this::answer);
    long bundle = service(name).bundleId();
    try (Client client = Client.of(name, port())) {
      Files.move(file(".jar"), file("-1.jar"));
      looks();
      assertAnswers(client, "one:x");
      assertEquals(bundle, service(name).bundleId());
      assertEquals(List.of("serves"), outcomes());
      Files.move(jar("two"), file("-1.jar"), StandardCopyOption.REPLACE_EXISTING);
      eventually("takes over", "two:x", this::answer);
      eventuallyAnswers(client, "two:x");
    }
  }

  @Test
  public void aVersionThatArrivesWhileTheOldOneDrainsTakesOver() throws Exception {
    drop("one");
    eventually("serves", "one:x", this::answer);
    try (Client client = Client.of(name, port())) {
      assertAnswers(client, "one:x");
      Files.delete(file(".jar"));
      eventually("taken away", "ERR unknown service: " + name, this::answer);
      assertAnswers(client, "one:x");
      assertEquals(List.of("removed"), outcomes());
      drop("two");
      eventually("takes over", "two:x", this::answer);
      eventually(
          "all are with the new one",
          1L,
          () -> services.services().stream().filter(row -> row.name().equals(name)).count());
      assertAnswers(client, "two:x");
      assertEquals(List.of("serves", "removed"), outcomes());
    }
  }

  @Test
  public void anotherContentOfTheSameSizeAndTimeIsSeen() throws Exception {
    FileTime time = FileTime.from(Instant.EPOCH);
    Path one = jar("one");
    Path two = jar("two");
    assertEquals(Files.size(one), Files.size(two));
    for (Path jar : List.of(one, two)) {
      Files.setLastModifiedTime(jar, time);
      Files.move(jar, file(".jar"), StandardCopyOption.REPLACE_EXISTING);
      String version = jar == one ? "one" : "two";
      eventually("serves", version + ":x", this::answer);
    }
  }

  @Test
  public void ofTwoFilesTheOtherServesWhenOneIsRemoved() throws Exception {
    Files.move(jar("one"), file("-1.jar"));
    eventually("serves", "one:x", this::answer);
    try (Client client = Client.of(name, port())) {
      Files.move(jar("two"), file("-2.jar"));
      eventually("the later one serves", "two:x", this::answer);
      eventuallyAnswers(client, "two:x");
      Files.delete(file("-2.jar"));
      eventually("the other one serves", "one:x", this::answer);
      eventuallyAnswers(client, "one:x");
    }
  }

  @Test
  public void whatMissedALibraryIsTriedAgainWhenThatArrives() throws Exception {
    drop("one");
    eventually("serves", "one:x", this::answer);
    services.setState(name, ServiceState.FIXED);
    String shared = "shared.habit" + COUNT.get();
    new ServiceJar(name, Versioned.class).saying("two").importing(shared).into(services());
    eventually("refused", true, () -> refused(name + ".jar").contains(shared));
    eventually("the old one goes on", "one:x", this::answer);
    new ServiceJar("library-" + name, null)
        .with("Provide-Capability", "library")
        .with("Export-Package", shared)
        .into(services());
    eventually("tried again", "two:x", this::answer);
    eventually("the file as well", "", () -> refused(name + ".jar"));
    Files.delete(file(".jar"));
    eventually("gone", "no bundle provides it", () -> service(name).reason());
  }

  @Test
  public void aRefusalIsNotShownLongerThanItHolds() throws Exception {
    drop("one");
    eventually("serves", "one:x", this::answer);
    Path good = Files.copy(file(".jar"), folder.getRoot().toPath().resolve("good.jar"));
    Files.writeString(file(".jar"), "no jar");
    eventually("shown", true, () -> service(name).reason().contains("it is no jar"));
    Files.move(good, file(".jar"), StandardCopyOption.REPLACE_EXISTING);
    eventually("forgotten", "", () -> service(name).reason());
    eventually("the file as well", "", () -> refused(name + ".jar"));
    assertEquals("one:x", answer());
  }

  @Test
  public void aFileThatProvidesAnotherServiceTakesTheFirstAway() throws Exception {
    drop("one");
    eventually("serves", "one:x", this::answer);
    Path other = new ServiceJar("other-" + name, Unmovable.class).into(folder.getRoot().toPath());
    Files.move(other, file(".jar"), StandardCopyOption.REPLACE_EXISTING);
    eventually("there", true, () -> service("other-" + name).bundleId() > 0);
    eventually("taken away", "none", () -> service(name).reason());
  }

  @Test
  public void aLoadedServiceThatCannotBeResolvedIsAProblemUntilAnotherBringsWhatItLacks()
      throws Exception {
    String shared = "shared.habit" + COUNT.get();
    new ServiceJar(name, Versioned.class).saying("one").importing(shared).into(services());
    eventually("told", true, () -> problem().startsWith("service " + name + ": it cannot be res"));
    new ServiceJar("other-" + name, Unmovable.class)
        .with("Export-Package", shared)
        .into(services());
    eventually("no problem", "", this::problem);
    eventually("serves", "one:x", this::answer);
  }

  private String problem() {
    return host.problems().stream()
        .filter(problem -> problem.contains(name))
        .findFirst()
        .orElse("");
  }

  @Test
  public void theHostsOwnNamesAreRefused() throws Exception {
    ServiceStatus before = service("admin");
    Path jar = new ServiceJar("admin", Unmovable.class).into(folder.getRoot().toPath());
    for (Refusing way :
        List.<Refusing>of(
            () -> deploys.plan(jar.toUri()), () -> deploys.install(jar.toUri(), true))) {
      AdminException refused = assertThrows(AdminException.class, way::run);
      assertTrue(refused.getMessage(), refused.getMessage().contains("admin is the host's own"));
    }
    Files.copy(jar, file(".jar"));
    eventually("refused", true, () -> refused(name + ".jar").contains("is the host's own"));
    assertEquals(before.bundleId(), service("admin").bundleId());
  }

  @Test
  public void aNameThatIsAPathIsRefused() throws Exception {
    for (String path : List.of("games/" + name, name + ".dll")) {
      Path jar =
          new ServiceJar(name, Unmovable.class)
              .with("Provide-Capability", "slipway.service; name=\"" + path + "\"")
              .into(folder.newFolder().toPath());
      AdminException refused =
          assertThrows(AdminException.class, () -> deploys.install(jar.toUri(), false));
      assertTrue(refused.getMessage(), refused.getMessage().contains("has the name " + path));
      Files.copy(jar, file(".jar"), StandardCopyOption.REPLACE_EXISTING);
      eventually("refused", true, () -> refused(name + ".jar").contains("has the name " + path));
    }
  }

  @Test
  public void aNameThatLeadsUpwardsIsNoService() {
    for (String path : List.of("../../" + name, "..")) {
      assertThrows(AdminException.class, () -> deploys.history(path));
      assertThrows(AdminException.class, () -> deploys.rollback(path));
    }
  }

  @Test
  public void anInstallThatCannotWriteItsFileChangesNothing() throws Exception {
    drop("one");
    eventually("serves", "one:x", this::answer);
    Files.delete(file(".jar"));
    Files.createDirectory(file(".jar")); // root may write everywhere, but not over a folder
    Path two = jar("two");
    AdminException refused =
        assertThrows(AdminException.class, () -> deploys.install(two.toUri(), false));
    assertTrue(refused.getMessage(), refused.getMessage().contains("it is a folder"));
    assertEquals(1, outcomes().size());
  }

  /** A call that is to be refused. */
  private interface Refusing {
    void run() throws Exception;
  }
}
