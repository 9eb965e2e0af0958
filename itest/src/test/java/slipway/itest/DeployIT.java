package slipway.itest;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.wiring.BundleWiring;
import slipway.admin.AdminException;
import slipway.admin.DeployAdmin.Deployment;
import slipway.admin.DeployAdmin.Leak;
import slipway.admin.DeployAdmin.LibraryInstallation;
import slipway.admin.DeployAdmin.Plan;
import slipway.admin.Ending;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.itest.fixtures.KeepsNotes;
import slipway.itest.fixtures.LeavesAThread;
import slipway.itest.fixtures.MissesAClass;
import slipway.itest.fixtures.SaysWhenReady;
import slipway.itest.fixtures.ThrowsInActivation;
import slipway.itest.fixtures.Unmovable;
import slipway.itest.fixtures.Versioned;

/** New versions of services under open connections. */
public class DeployIT extends HostIT {

  private static final AtomicInteger COUNT = new AtomicInteger();

  /** How a slow copy comes: for three seconds, and never still for as long as a file may be. */
  private static final int PARTS = 300;

  private static final long PART_NANOS = 10_000_000;

  /** One of its own for each test. */
  private final String name = "swapped-" + COUNT.incrementAndGet();

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path services() {
    return Path.of(context.getProperty("slipway.home"), "services");
  }

  private void drop(String version) throws Exception {
    new ServiceJar(name, Versioned.class).saying(version).into(services());
  }

  private void dropAndServe(String version) throws Exception {
    drop(version);
    eventually(version + " serves", version + ":x", () -> answer("x"));
  }

  /** New connections go to a version first, and then those that are open. */
  private void dropAndHandOver(String version) throws Exception {
    dropAndServe(version);
    eventually("nobody is with another version", 1, () -> rows().size());
  }

  private String answer(String line) throws Exception {
    try (Client client = new Client(port())) {
      client.send(name + "\n" + line + "\n");
      String reply = client.line();
      return reply.equals(name) ? client.line() : reply;
    }
  }

  private List<ServiceStatus> rows() {
    return services.services().stream().filter(row -> row.name().equals(name)).toList();
  }

  private long bundles() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> ("slipway.services." + name).equals(bundle.getSymbolicName()))
        .count();
  }

  private Deployment last() throws AdminException {
    return deploys.history(name).get(0);
  }

  @After
  public void takeAway() throws Exception {
    Files.deleteIfExists(services().resolve(name + ".jar"));
    eventually("gone", 0L, this::bundles);
  }

  @Test
  public void anOpenConnectionIsServedByTheNewVersion() throws Exception {
    dropAndServe("one");
    try (Client client = Client.of(name, port())) {
      client.send("a\n");
      assertEquals("one:a", client.line());
      client.send("half a li");
      dropAndHandOver("two");
      client.send("ne\n");
      assertEquals("two:half a line", client.line());
      eventually("the old version is gone", 1L, this::bundles);
      assertEquals(1, rows().size());
      assertEquals("serves", last().outcome());
      assertEquals("replaced", deploys.history(name).get(1).outcome());

      deploys.rollback(name);
      client.send("b\n");
      assertEquals("one:b", client.line());
      assertEquals("rollback", last().by());
      deploys.rollback(name);
      client.send("c\n");
      assertEquals("two:c", client.line());
    }
    eventually("nothing leaks", List.of(), this::leaks);
  }

  @Test
  public void aVersionThatFailsChangesNothing() throws Exception {
    String serving = "one";
    dropAndServe(serving);
    try (Client client = Client.of(name, port())) {
      Files.writeString(services().resolve(name + ".jar"), "this is no jar");
      eventually("shown", true, () -> rows().get(0).reason().contains("it is no jar"));
      for (ServiceJar bad :
          List.of(
              new ServiceJar(name, ThrowsInActivation.class),
              new ServiceJar(name, Versioned.class).importing("no.such.thing"))) {
        bad.into(services());
        eventually("tried", true, () -> last().outcome().startsWith("failed: "));
        assertEquals(serving + ":x", answer("x"));
        eventually("taken out again", 1L, this::bundles);
        assertTrue(rows().get(0).reason(), rows().get(0).reason().contains("was taken out"));
        client.send("a\n");
        assertEquals(serving + ":a", client.line());
        serving += "!";
        dropAndHandOver(serving);
      }
    }
  }

  @Test
  public void aJarThatIsStillBeingCopiedIsNoError() throws Exception {
    dropAndServe("one");
    byte[] jar =
        Files.readAllBytes(
            new ServiceJar(name, Versioned.class).saying("two").into(folder.getRoot().toPath()));
    Path file = services().resolve(name + ".jar");
    long begun = System.nanoTime();
    for (int part = 0; part < PARTS; part++) {
      while (System.nanoTime() - begun < part * PART_NANOS) {
        assertEquals("", rows().get(0).reason());
      }
      int begin = jar.length * part / PARTS;
      byte[] next = Arrays.copyOfRange(jar, begin, jar.length * (part + 1) / PARTS);
      Files.write(file, next, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    eventually("whole", "two:x", () -> answer("x"));
    assertEquals("", rows().get(0).reason());
  }

  @Test
  public void aVersionThatRegistersNothingIsGivenUpInTime() throws Exception {
    Files.writeString(
        services().resolveSibling("conf").resolve("slipway.service-" + name + ".cfg"),
        "start.timeout = 300ms\n");
    dropAndServe("one");
    try (Client client = Client.of(name, port())) {
      new ServiceJar(name, null).into(services());
      eventually("tried", true, () -> last().outcome().startsWith("failed: it did not start"));
      client.send("a\n");
      assertEquals("one:a", client.line());
      eventually("taken out again", 1L, this::bundles);
    }
  }

  @Test
  public void aVersionThatMissesAClassAtItsFirstConnectionGivesWay() throws Exception {
    dropAndServe("one");
    new ServiceJar(name, MissesAClass.class).into(services());
    eventually("installed", 2, () -> deploys.history(name).size());
    eventually("serves", "serves", () -> last().outcome());
    eventually("the client is served all the same", "one:x", () -> answer("x"));
    eventually("taken out again", 1L, this::bundles);
    assertTrue(last().outcome(), last().outcome().contains("Absent"));
    eventually("nothing leaks", List.of(), this::leaks);
  }

  @Test
  public void aVersionThatCannotHandOverDrains() throws Exception {
    new ServiceJar(name, Unmovable.class).into(services());
    eventually("there", true, () -> !rows().isEmpty());
    try (Client old = Client.of(name, port())) {
      assertTrue(old.answers("a"));
      dropAndServe("two");
      try (Client young = Client.of(name, port())) {
        young.send("b\n");
        assertEquals("two:b", young.line());
        assertTrue("the old version keeps its users", old.answers("still here"));
        eventually("two versions", 2, () -> rows().size());
        eventually("one user each", "1 1", this::usersByVersion);
      }
    }
    eventually("the old version is gone", 1L, this::bundles);
  }

  @Test
  public void usersWhoDoNotLeaveADrainingVersionAreClosedAtItsDeadline() throws Exception {
    Files.writeString(
        services().resolveSibling("conf").resolve("slipway.service-" + name + ".cfg"),
        "state = FIXED\ndrain.timeout = 200ms\n");
    new ServiceJar(name, Unmovable.class).into(services());
    eventually("there", "ACTIVE", () -> rows().isEmpty() ? "" : rows().get(0).bundleState());
    try (Client old = Client.of(name, port())) {
      assertTrue(old.answers("a"));
      dropAndServe("two");
      old.awaitClosed();
    }
  }

  @Test
  public void statesKeepTheirMeaning() throws Exception {
    drop("one");
    eventually("found", 1L, this::bundles);
    services.setState(name, ServiceState.LOCKED);
    drop("two");
    eventually("installed", 2L, this::bundles);
    eventually("serves", "serves", () -> last().outcome());
    eventually("not started", "RESOLVED", () -> rows().get(0).bundleState());
    assertEquals("ERR " + name + " is LOCKED", answer("x"));
    services.setState(name, ServiceState.LOADED);
    assertEquals("two:x", answer("x"));
  }

  @Test
  public void anOperatorInstallsAndIsToldHowItEnded() throws Exception {
    Path one = new ServiceJar(name, Versioned.class).saying("one").into(folder.getRoot().toPath());
    Plan plan = deploys.plan(one.toUri());
    assertEquals(name, plan.service());
    assertEquals("", plan.replaces());
    assertEquals(List.of(), plan.touched());
    assertEquals(0L, bundles());
    Deployment done = (Deployment) deploys.install(one.toUri(), false);
    assertEquals("serves", done.outcome());
    assertEquals("one:x", answer("x"));
    assertTrue(Files.exists(services().resolve(name + ".jar")));

    Path bad = new ServiceJar(name, ThrowsInActivation.class).into(folder.getRoot().toPath());
    try (Client user = Client.of(name, port())) {
      AdminException refused =
          assertThrows(AdminException.class, () -> deploys.install(bad.toUri(), false));
      assertTrue(refused.getMessage(), refused.getMessage().contains("thrown in activation"));
      user.send("a\n");
      assertEquals("one:a", user.line());
    }
    Path text = Files.writeString(folder.getRoot().toPath().resolve("notes.jar"), "no jar");
    assertThrows(AdminException.class, () -> deploys.plan(text.toUri()));
    assertThrows(AdminException.class, () -> deploys.history("never"));
    assertThrows(AdminException.class, () -> deploys.rollback("echo"));
  }

  // ---- a version that nobody uses --------------------------------------------------------------

  private String refusal(ServiceJar jar) throws Exception {
    Path file = elsewhere(jar);
    return assertThrows(AdminException.class, () -> deploys.install(file.toUri(), false))
        .getMessage();
  }

  @Test
  public void aVersionThatNobodyUsesIsTriedBeforeItIsSaidToServe() throws Exception {
    deploys.install(elsewhere(new ServiceJar(name, Versioned.class).saying("one")).toUri(), false);
    Path file = services().resolve(name + ".jar");
    byte[] before = Files.readAllBytes(file);
    Map<ServiceJar, String> bad =
        Map.of(
            new ServiceJar(name, ThrowsInActivation.class),
            "thrown in activation",
            new ServiceJar(name, Versioned.class).registeredAsNothing(),
            "is not registered as a slipway.service.Service: it needs @Component(service ="
                + " Service.class)",
            new ServiceJar(name, Versioned.class).referencing("java.lang.Runnable"),
            "lacks its reference wanted to java.lang.Runnable, which nobody provides",
            new ServiceJar(name, Versioned.class).importing("no.such.thing;version=2"),
            "it cannot be resolved: nothing provides the package no.such.thing 2.0.0 or newer",
            new ServiceJar(name, KeepsNotes.class)
                .importing("slipway.data")
                .referencing("slipway.data.Database")
                .containing(
                    "schema/itestnotes/V1__notes.sql", "CREATE TABEL itestnotes_a (id INT);"),
            "schema itestnotes: a migration failed: V1__notes.sql");
    for (Map.Entry<ServiceJar, String> each : bad.entrySet()) {
      String refused = refusal(each.getKey());
      assertTrue(refused, refused.contains(each.getValue()));
      assertTrue(refused, refused.contains("the version before serves"));
      assertTrue(last().outcome(), last().outcome().startsWith("failed: "));
      assertTrue(rows().get(0).reason(), rows().get(0).reason().contains(each.getValue()));
      assertArrayEquals("its file stays", before, Files.readAllBytes(file));
      assertEquals("one:x", answer("x"));
      eventually("taken out again", 1L, this::bundles);
    }
    eventually("nothing leaks", List.of(), this::leaks);
  }

  @Test
  public void aFirstVersionThatFailsIsNotInstalled() throws Exception {
    String refused = refusal(new ServiceJar(name, ThrowsInActivation.class));
    assertTrue(refused, refused.contains("thrown in activation"));
    assertTrue(refused, refused.contains("nothing serves in its place"));
    assertTrue(last().outcome(), last().outcome().startsWith("failed: "));
    eventually("taken out again", 0L, this::bundles);
    assertTrue("no file", Files.notExists(services().resolve(name + ".jar")));
    assertEquals("ERR unknown service: " + name, answer("x"));
  }

  @Test
  public void aFileThatCannotBeResolvedSaysSoAtOnceAndServesWhenItCan() throws Exception {
    new ServiceJar(name, Unmovable.class).importing(shared).into(services());
    String reason = "it cannot be resolved: nothing provides the package " + shared;
    eventually("said", reason, () -> rows().isEmpty() ? "" : rows().get(0).reason());
    eventually("on record", "failed: " + reason, () -> last().outcome());
    Path same = elsewhere(new ServiceJar(name, Unmovable.class).importing(shared));
    AdminException planned = assertThrows(AdminException.class, () -> deploys.plan(same.toUri()));
    assertEquals(name + " 1.0.0 would be taken out: " + reason, planned.getMessage());
    library("1.0.0").into(services());
    eventually("said", "", () -> rows().get(0).reason());
    eventually("on record", "serves", () -> last().outcome());
  }

  @Test
  public void aVersionThatSaysWhenItIsReadyIsWaitedFor() throws Exception {
    Files.writeString(
        services().resolveSibling("conf").resolve("slipway.service-" + name + ".cfg"),
        "start.timeout = 1s\n");
    eventually("configured", true, () -> !rows().isEmpty());
    deploys.install(elsewhere(new ServiceJar(name, Versioned.class).saying("one")).toUri(), false);
    System.setProperty(SaysWhenReady.PROPERTY, "never");
    String never = refusal(new ServiceJar(name, SaysWhenReady.class));
    assertTrue(never, never.endsWith("it is not ready: the exchange is shut"));
    System.setProperty(SaysWhenReady.PROPERTY, "later");
    String late = refusal(new ServiceJar(name, SaysWhenReady.class));
    assertTrue(late, late.endsWith("it did not start within 1s: it waits for the exchange"));
    assertEquals("one:x", answer("x"));
    System.setProperty(SaysWhenReady.PROPERTY, "yes");
    Deployment done =
        (Deployment)
            deploys.install(elsewhere(new ServiceJar(name, SaysWhenReady.class)).toUri(), false);
    assertEquals("serves", done.outcome());
  }

  @Test
  public void aSettingForbidsTheTrial() throws Exception {
    Files.writeString(
        services().resolveSibling("conf").resolve("slipway.service-" + name + ".cfg"),
        "trial = false\n");
    eventually("configured", true, () -> !rows().isEmpty());
    Path bad = elsewhere(new ServiceJar(name, ThrowsInActivation.class));
    assertEquals("serves", ((Deployment) deploys.install(bad.toUri(), false)).outcome());
    assertEquals("RESOLVED", rows().get(0).bundleState());
  }

  @Test
  public void aDeployThatWouldRestartOthersIsRefusedUnlessForced() throws Exception {
    new ServiceJar(name, Versioned.class)
        .saying("one")
        .with("Export-Package", "shared." + COUNT.get())
        .into(services());
    eventually("serves", "one:x", () -> answer("x"));
    String user = "uses-" + name;
    Path using =
        new ServiceJar(user, Unmovable.class).importing("shared." + COUNT.get()).into(services());
    eventually("there", "RESOLVED", () -> service(user).bundleState());
    Path two = new ServiceJar(name, Versioned.class).saying("two").into(folder.getRoot().toPath());
    assertEquals(List.of("slipway.services." + user), deploys.plan(two.toUri()).touched());
    AdminException refused =
        assertThrows(AdminException.class, () -> deploys.install(two.toUri(), false));
    assertTrue(refused.getMessage(), refused.getMessage().contains(user));
    assertEquals("one:x", answer("x"));
    deploys.install(two.toUri(), true);
    assertEquals("two:x", answer("x"));
    Files.delete(using);
    eventually("gone", "none", () -> service(user).reason());
  }

  // ---- libraries -------------------------------------------------------------------------------

  /** What the library of this test exports. */
  private final String shared = "shared.library." + COUNT.get();

  private String library() {
    return "slipway.services.library-" + name;
  }

  private ServiceJar library(String version) {
    return new ServiceJar("library-" + name, null)
        .with("Provide-Capability", "library")
        .with("Bundle-Version", version)
        .with("Export-Package", shared);
  }

  private Path elsewhere(ServiceJar jar) throws Exception {
    return jar.into(folder.getRoot().toPath());
  }

  private void dropLibraryAndUser(String drainTimeout) throws Exception {
    Files.writeString(
        services().resolveSibling("conf").resolve("slipway.service-" + name + ".cfg"),
        "state = FIXED\ndrain.timeout = " + drainTimeout + "\n");
    library("1.0.0").into(services());
    new ServiceJar(name, Unmovable.class).importing(shared).into(services());
    eventually("there", "ACTIVE", () -> rows().isEmpty() ? "" : rows().get(0).bundleState());
  }

  /** The version of the library that the service is wired to. */
  private String used() {
    return bundle(name).adapt(BundleWiring.class).getRequiredWires(null).stream()
        .map(wire -> wire.getProvider().getBundle())
        .filter(provider -> provider.getSymbolicName().equals(library()))
        .map(provider -> provider.getVersion().toString())
        .collect(Collectors.joining());
  }

  @After
  public void takeTheLibraryAway() throws Exception {
    Files.deleteIfExists(services().resolve(name + ".jar"));
    eventually("gone", 0L, this::bundles);
    Files.deleteIfExists(services().resolve("library-" + name + ".jar"));
    eventually(
        "the library is gone",
        true,
        () ->
            Arrays.stream(context.getBundles())
                .noneMatch(bundle -> library().equals(bundle.getSymbolicName())));
  }

  @Test
  public void aLibraryIsNotReplacedUnderItsUsers() throws Exception {
    dropLibraryAndUser("5m");
    try (Client client = Client.of(name, port())) {
      library("2.0.0").into(services());
      dropMarker();
      assertTrue(client.answers("a"));
    }
    assertEquals("1.0.0", used());
  }

  @Test
  public void aFixedServiceStartsWhenItsLibraryArrives() throws Exception {
    Files.writeString(
        services().resolveSibling("conf").resolve("slipway.service-" + name + ".cfg"),
        "state = FIXED\n");
    new ServiceJar(name, Unmovable.class).importing(shared).into(services());
    eventually(
        "not resolved", true, () -> !rows().isEmpty() && rows().get(0).reason().contains(shared));
    library("1.0.0").into(services());
    eventually("there", "ACTIVE", () -> rows().get(0).bundleState());
  }

  @Test
  public void aLibraryThatNobodyUsesIsReplacedWithoutForce() throws Exception {
    Path one = elsewhere(library("1.0.0"));
    assertEquals(new Plan("", library(), "1.0.0", "", List.of()), deploys.plan(one.toUri()));
    Ending nobody = new Ending(0, 0);
    assertEquals(
        new LibraryInstallation(library(), "1.0.0", "", List.of(), nobody),
        deploys.install(one.toUri(), false));
    Path two = elsewhere(library("2.0.0"));
    assertEquals(new Plan("", library(), "2.0.0", "1.0.0", List.of()), deploys.plan(two.toUri()));
    assertEquals(
        new LibraryInstallation(library(), "2.0.0", "1.0.0", List.of(), nobody),
        deploys.install(two.toUri(), false));
    new ServiceJar(name, Unmovable.class).importing(shared).into(services());
    eventually("there", 1, () -> rows().size());
    eventually("resolved", "2.0.0", this::used);
  }

  @Test
  public void aLibraryInUseIsReplacedByForceAlone() throws Exception {
    dropLibraryAndUser("300ms");
    Path two = elsewhere(library("2.0.0"));
    assertEquals(
        new Plan("", library(), "2.0.0", "1.0.0", List.of(name)), deploys.plan(two.toUri()));
    AdminException refused =
        assertThrows(AdminException.class, () -> deploys.install(two.toUri(), false));
    assertTrue(refused.getMessage(), refused.getMessage().contains("would restart"));
    assertTrue(refused.getMessage(), refused.getMessage().contains(name));
    try (Client client = Client.of(name, port())) {
      assertTrue(client.answers("a"));
      assertEquals(
          new LibraryInstallation(library(), "2.0.0", "1.0.0", List.of(name), new Ending(0, 1)),
          deploys.install(two.toUri(), true));
      client.awaitClosed();
    }
    eventually("back in its state", "ACTIVE", () -> rows().get(0).bundleState());
    assertEquals(ServiceState.FIXED, rows().get(0).state());
    assertEquals("", rows().get(0).reason());
    assertEquals("2.0.0", used());
    try (Client client = Client.of(name, port())) {
      assertTrue(client.answers("b"));
    }
    eventually("nothing leaks", List.of(), this::leaks);
  }

  @Test
  public void usersMayLeaveBeforeALibraryIsReplacedAndNewOnesWait() throws Exception {
    dropLibraryAndUser("5m");
    Path two = elsewhere(library("2.0.0"));
    CompletableFuture<Object> outcome = new CompletableFuture<>();
    try (Client old = Client.of(name, port())) {
      assertTrue(old.answers("a"));
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  outcome.complete(deploys.install(two.toUri(), true));
                } catch (AdminException | InterruptedException failed) {
                  outcome.completeExceptionally(failed);
                }
              });
      eventually("drains", true, () -> rows().get(0).reason().startsWith("drains: "));
      assertTrue("who is there is served", old.answers("b"));
      try (Client young = new Client(port())) {
        young.send(name + "\n");
        eventually("it waits", 1L, this::undispatched);
        assertEquals("", old.rest());
        assertEquals(name, young.line());
        assertTrue(young.answers("c"));
      }
    }
    assertEquals(
        new LibraryInstallation(library(), "2.0.0", "1.0.0", List.of(name), new Ending(1, 0)),
        outcome.get(60, TimeUnit.SECONDS));
    assertEquals("2.0.0", used());
  }

  private long undispatched() {
    return connections.connections().stream()
        .filter(connection -> connection.service().isEmpty())
        .count();
  }

  @Test
  public void aLibraryThatItsUsersCannotUseIsPutBack() throws Exception {
    dropLibraryAndUser("300ms");
    Path other = elsewhere(library("2.0.0").with("Export-Package", "another." + shared));
    AdminException refused =
        assertThrows(AdminException.class, () -> deploys.install(other.toUri(), true));
    assertEquals(library() + " 1.0.0 stays: 2.0.0 does not work for " + name, refused.getMessage());
    eventually("back in its state", "ACTIVE", () -> rows().get(0).bundleState());
    assertEquals("1.0.0", used());
    try (Client client = Client.of(name, port())) {
      assertTrue(client.answers("a"));
    }
  }

  @Test
  public void whatIsNeitherServiceNorLibraryIsNotInstalled() throws Exception {
    Path neither =
        elsewhere(new ServiceJar("neither-" + name, null).with("Provide-Capability", "nothing"));
    AdminException refused =
        assertThrows(AdminException.class, () -> deploys.install(neither.toUri(), true));
    assertTrue(refused.getMessage(), refused.getMessage().contains("provides no service"));
    assertThrows(AdminException.class, () -> deploys.plan(neither.toUri()));
  }

  /** Waits until the watcher has been round once more. */
  private void dropMarker() throws Exception {
    String marker = "marker-" + name;
    Path file = new ServiceJar(marker, Unmovable.class).into(services());
    eventually("seen", true, () -> service(marker).bundleId() > 0);
    Files.delete(file);
    eventually("seen", "none", () -> service(marker).reason());
  }

  @Test
  public void aVersionThatLeaksIsCaught() throws Exception {
    new ServiceJar(name, LeavesAThread.class).into(services());
    eventually("there", 1, () -> rows().size());
    services.setState(name, ServiceState.FIXED);
    dropAndServe("two");
    eventually("the old version is gone", 1L, this::bundles);
    List<Leak> leaks = leaks();
    assertEquals(1, leaks.size());
    assertEquals(name, leaks.get(0).service());
    assertTrue(
        leaks.get(0).holders().toString(),
        leaks.get(0).holders().stream() // this test's bundle has that class as well
            .anyMatch(
                holder -> holder.startsWith("thread left-behind runs its code, or that of ")));
    assertTrue(
        "the JDK is closed: " + leaks.get(0).holders(),
        leaks.get(0).holders().stream().anyMatch(holder -> holder.startsWith("unknown: ")));
  }

  @Test
  public void fiftySwapsUnderLoadLoseNothing() throws Exception {
    int clients = 200;
    int swaps = 50;
    dropAndServe("0");
    services.setState(name, ServiceState.FIXED);
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    CountDownLatch connected = new CountDownLatch(clients);
    for (int number = 0; number < clients; number++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (Client client = Client.of(name, port())) {
                      connected.countDown();
                      exchange(client, done);
                    } catch (Throwable failed) {
                      failure.compareAndSet(null, failed);
                    }
                  }));
    }
    try {
      connected.await();
      eventually("all are served", clients, this::users);
      for (int swap = 1; swap <= swaps && failure.get() == null; swap++) {
        Path jar =
            new ServiceJar(name, Versioned.class)
                .saying(Integer.toString(swap))
                .into(folder.getRoot().toPath());
        deploys.install(jar.toUri(), false);
        eventually("all stay connected", clients, this::users);
      }
    } finally {
      done.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    if (failure.get() != null) {
      throw new AssertionError(failure.get());
    }
    eventually("nothing leaks", List.of(), this::leaks);
  }

  /** Messages carry their numbers, two of them under way at a time; versions only grow. */
  private static void exchange(Client client, AtomicBoolean done) throws IOException {
    int version = 0;
    client.send("0\n");
    for (int next = 1; !done.get(); next++) {
      client.send(next + "\n");
      String[] reply = client.line().split(":");
      if (!reply[1].equals(Integer.toString(next - 1)) || Integer.parseInt(reply[0]) < version) {
        throw new IOException("after " + (next - 1) + " came " + Arrays.toString(reply));
      }
      version = Integer.parseInt(reply[0]);
    }
  }

  private String usersByVersion() {
    return rows().stream().map(row -> "" + row.refCount()).collect(Collectors.joining(" "));
  }

  private int users() {
    return rows().stream().mapToInt(ServiceStatus::refCount).sum();
  }

  private List<Leak> leaks() {
    return deploys.leaks().stream()
        .filter(leak -> List.of(name, library()).contains(leak.service()))
        .toList();
  }
}
