package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import slipway.itest.UnpackedHost.Result;
import slipway.itest.fixtures.LeavesItself;
import slipway.itest.fixtures.kept.Remembers;

/** What versions leave behind, as operators see it. */
public class LeaksIT {

  private static final String SERVICE = "leaving";
  private static final String LIBRARY = Remembers.class.getPackageName();
  private static final String STATIC =
      "slipway.services.remembers 1.0.0: static " + Remembers.class.getName() + ".";

  @Rule public final UnpackedHost host = new UnpackedHost();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private int installed;

  @Before
  public void aLibraryIsThere() throws Exception {
    host.done("start");
    install(
        new ServiceJar("remembers", null)
            .with("Provide-Capability", "library")
            .with("Export-Package", LIBRARY)
            .containing(Remembers.class));
  }

  private void install(ServiceJar jar) throws Exception {
    host.done("libctl", "install", jar.into(folder.getRoot().toPath()).toString());
  }

  /** The next version: it is proven by a client, and the one before goes. */
  private void swapTo(String leaving) throws Exception {
    installed++;
    install(
        new ServiceJar(SERVICE, LeavesItself.class)
            .importing("io.netty.util.concurrent, " + LIBRARY)
            .with("Bundle-Version", installed + ".0.0")
            .saying(leaving));
    try (Client client = Client.of(SERVICE, host.port())) {
      assertTrue(client.answers("a"));
    }
    HostIT.eventually("one is left", 1L, () -> rows(host.done("libctl", "ps")));
  }

  private static long rows(String listing) {
    return listing.lines().filter(line -> line.startsWith(SERVICE)).count();
  }

  @Test
  public void whatALibraryKeepsOfTheFirstVersionIsNamedAndNoFailure() throws Exception {
    for (int swap = 0; swap < 5; swap++) {
      swapTo("first");
    }
    Result leaks = host.run("libctl", "leaks");
    assertEquals(leaks.out() + leaks.err(), 0, leaks.exit());
    assertEquals(leaks.out(), 1, rows(leaks.out()));
    assertTrue(leaks.out(), leaks.out().contains("1.0.0"));
    assertTrue(leaks.out(), leaks.out().contains(STATIC + "FIRST"));
    assertTrue(leaks.out(), leaks.out().contains("1 version is held by static memory"));
  }

  @Test
  public void aLibraryThatKeepsEachVersionIsAFailure() throws Exception {
    swapTo("all");
    swapTo("all");
    Result one = host.run("libctl", "leaks");
    assertEquals(one.out() + one.err(), 0, one.exit());
    swapTo("all");
    Result two = host.run("libctl", "leaks");
    assertEquals(two.out(), 1, two.exit());
    assertEquals(two.out(), 2, rows(two.out()));
    assertTrue(two.out(), two.out().contains(STATIC + "ALL"));
    assertTrue(two.err(), two.err().contains("2 versions are gone but still in memory"));
  }

  @Test
  public void tasksOnEventLoopsEndWithTheirVersion() throws Exception {
    swapTo("task");
    swapTo("task");
    HostIT.eventually("it is gone", 0, () -> host.run("libctl", "leaks").exit());
    assertEquals(0, rows(host.done("libctl", "leaks")));
    String log = host.done("logs", "show", "1000");
    assertTrue(
        log,
        log.contains(
            SERVICE + " 1.0.0 has left tasks scheduled on event loops, which are cancelled: 1"));
    assertFalse(log, log.contains(SERVICE + " 2.0.0 has left"));
  }

  @Test
  public void aThreadThatMayBeAnotherVersionsIsNotBlamedForCertain() throws Exception {
    swapTo("left-of-one");
    swapTo("first");
    String alone = host.run("libctl", "leaks").out();
    assertTrue(alone, alone.contains("thread left-of-one runs its code"));
    swapTo("left-of-three");
    String both = host.run("libctl", "leaks").out();
    assertTrue(both, both.contains("thread left-of-three runs its code, or that of leaving 2.0.0"));
    assertTrue(both, both.contains("or of slipway.services.leaving 3.0.0, bundle"));
  }
}
