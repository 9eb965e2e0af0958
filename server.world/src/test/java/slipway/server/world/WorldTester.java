package slipway.server.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import slipway.packet.PacketSettings;
import slipway.packet.Packets;
import slipway.server.world.park.ParkFolder;
import slipway.testkit.ManualExecutor;
import slipway.testkit.TestHost;
import slipway.testkit.TestPeer;
import slipway.world.WorldService;
import slipway.world.Worlds;

/**
 * A host for one service of worlds in a test: the host's own worlds and sessions, whose loops,
 * event loop and control thread are all the thread of the test.
 *
 * <pre>
 *  try (WorldTester tester = new WorldTester("arena")) {
 *    tester.open(new ArenaService(tester.packets(), tester.worlds()));
 *    TestPeer ann = tester.connect();
 *    ann.send(TestPeer.packet(HELLO));
 *    tester.frame();
 *    assertThat(ann.received()).hasSize(1);
 *  }
 * </pre>
 *
 * <p><b>Time</b> stands still until the test lets a {@link #frame} pass. So the same test always
 * goes the same way.
 */
public final class WorldTester implements AutoCloseable {

  /** The time of a frame: worlds have 25 of them in a second unless they want others. */
  public static final Duration FRAME = Duration.ofMillis(40);

  private final String service;
  private final PacketSettings settings;
  private final Map<WorldService, VersionName> names = new IdentityHashMap<>();
  private final ManualExecutor work = new ManualExecutor();
  private final ManualLoops loops = new ManualLoops();
  private final WorldRules rules = new WorldRules();
  private final Path folder =
      Path.of(System.getProperty("java.io.tmpdir"), "slipway-worlds-" + UUID.randomUUID());
  private final HostWorlds worlds =
      new HostWorlds(
          rules,
          new ParkFolder(folder),
          loops.all(),
          Runnable::run,
          this::rehearse,
          this::name,
          loops::now,
          work);
  private final Packets packets;

  /** Worlds that were parked, whose files are to be deleted. */
  private final Set<String> parked = new HashSet<>();

  private boolean rehearses;
  private TestHost host;

  /** The version that is taking over; null if none is. */
  private WorldService next;

  private CompletableFuture<String> taking;

  /** Makes it, for packets as they are usual: those of LAN, of up to 2,000 bytes. */
  public WorldTester(String service) {
    this(service, PacketSettings.usual());
  }

  /**
   * Makes it.
   *
   * @param service the service's name
   * @param settings how its sessions are served
   */
  public WorldTester(String service, PacketSettings settings) {
    this.service = service;
    this.settings = settings;
    this.packets = new Packets(connection -> settings);
  }

  private VersionName name(WorldService version) {
    return names.computeIfAbsent(
        version, added -> new VersionName(service, names.size() + 1 + ".0.0"));
  }

  // ---- what a version is made with -------------------------------------------------------------

  /** Packets, for the constructor of a version. */
  public Packets packets() {
    return packets;
  }

  /** Worlds, for the constructor of a version. */
  public Worlds worlds() {
    return worlds;
  }

  // ---- versions --------------------------------------------------------------------------------

  /**
   * The first version serves.
   *
   * @throws AssertionError if its worlds cannot be made
   */
  public void open(WorldService first) {
    CompletableFuture<Void> ready = worlds.ready(first).toCompletableFuture();
    run();
    seeThatItIsDone(ready);
    host = new TestHost(service, first);
  }

  private CompletableFuture<Void> rehearse(Rehearsals rehearsals) {
    return rehearses ? rehearsals.begin(System::nanoTime) : CompletableFuture.completedFuture(null);
  }

  /**
   * A version rehearses all worlds, in a thread of its own; frames pass until it is done. Without
   * this a version takes over without a rehearsal.
   *
   * @throws AssertionError if it fails
   */
  public void rehearse(WorldService version) {
    rehearses = true;
    CompletableFuture<Void> ready = worlds.ready(version).toCompletableFuture();
    rehearses = false;
    while (!ready.isDone()) {
      frame();
    }
    seeThatItIsDone(ready);
  }

  /**
   * Another version takes over, and its first frames pass, after which it has the connections too.
   *
   * @throws AssertionError if it cannot, or fails in one of these frames
   */
  public void takeOver(WorldService version) {
    CompletableFuture<String> done = beginToTakeOver(version);
    for (int left = Probation.FRAMES; left > 0 && !done.isDone(); left--) {
      frame();
    }
    seeThatItIsDone(done);
  }

  /**
   * Another version takes over with the next frame.
   *
   * @return completed when its first {@value Probation#FRAMES} frames are over, and it has the
   *     connections, with what operators are told of it; failed if the version before has gone on
   */
  public CompletableFuture<String> beginToTakeOver(WorldService version) {
    next = version;
    taking =
        worlds.ready(version).thenCompose(ready -> worlds.takeOver(version)).toCompletableFuture();
    run();
    return taking;
  }

  /**
   * The version that runs the worlds stops, with all of them parked and all sessions over, and
   * another one, or the same, goes on with them, as after a restart of the host.
   *
   * @throws AssertionError if the worlds cannot be saved, or loaded
   */
  public void restart(WorldService version) {
    List<String> all =
        worlds.directory().entries().stream().map(entry -> entry.world().name()).toList();
    all.forEach(world -> rules.put(world, WorldRule.PARKED));
    parked.addAll(all);
    CompletableFuture<Void> ended = worlds.stopped(any -> true);
    while (!ended.isDone()) {
      frame();
    }
    host.close();
    for (String world : all) {
      if (!Files.exists(new ParkFolder(folder).file(world))) {
        throw new AssertionError("world " + world + " was not parked; the log says why");
      }
    }
    open(version);
  }

  private static void seeThatItIsDone(CompletableFuture<?> stage) {
    if (stage.isCompletedExceptionally()) {
      Throwable failed = stage.exceptionNow();
      throw new AssertionError(failed.getMessage(), failed);
    }
    if (!stage.isDone()) {
      throw new AssertionError("it is not done");
    }
  }

  /**
   * Sees that what each world saves is all that it needs: what is made of that by its own version
   * saves the same.
   *
   * @throws AssertionError if it does not
   */
  public void checkSaves() {
    worlds.directory().entries().forEach(entry -> new SaveCheck(entry.world(), worlds).run());
  }

  /**
   * What all worlds would save now, in one number: two runs of the same test, or of two versions
   * that are to do the same, have the same.
   *
   * @throws AssertionError if a world cannot be saved
   */
  public String fingerprint() {
    CRC32C sum = new CRC32C();
    worlds.directory().entries().stream()
        .map(Directory.Entry::world)
        .sorted(Comparator.comparing(HostWorld::name))
        .forEach(world -> sum.update(saved(world)));
    return "%08x".formatted(sum.getValue());
  }

  private static byte[] saved(HostWorld world) {
    try {
      return Saving.save(world);
    } catch (IOException | RuntimeException failed) {
      throw new AssertionError("world " + world.name() + ": " + Work.line(failed), failed);
    }
  }

  // ---- clients ---------------------------------------------------------------------------------

  /** A client, which joins with the next frame. */
  public TestPeer connect() {
    return new TestPeer(host.connect(), settings.format());
  }

  /** The host of the connections. */
  public TestHost host() {
    return host;
  }

  /** The worlds, as the host sees them. */
  Directory directory() {
    return worlds.directory();
  }

  /** A version stops. */
  void stop(WorldService version) {
    worlds.stopped(each -> each == version);
  }

  // ---- time ------------------------------------------------------------------------------------

  /**
   * Where work of {@link slipway.world.WorldContext#async} is done: at once, in the thread of the
   * test, unless it is held. Its end comes to the world with a frame.
   */
  public ManualExecutor work() {
    return work;
  }

  /** Does what is to be done without time passing, in loops and event loop. */
  private void run() {
    loops.run(host);
    if (next != null && taking.isDone()) {
      if (!taking.isCompletedExceptionally()) {
        host.handOver(next);
      }
      next = null;
    }
  }

  /** Lets time pass without a frame in it: those that were due then are late with the next one. */
  public void pass(Duration time) {
    loops.pass(time);
    host.pass(time);
  }

  /** Lets the time of a frame pass, and does what is due. */
  public void frame() {
    pass(FRAME);
    run();
  }

  /** Lets frames pass. */
  public void frames(int count) {
    for (int left = count; left > 0; left--) {
      frame();
    }
  }

  @Override
  public void close() {
    if (host != null) {
      host.close();
    }
    parked.forEach(rules::remove);
    worlds.close();
    run();
    deleteParked();
  }

  private void deleteParked() {
    try {
      for (String world : parked) {
        Files.deleteIfExists(new ParkFolder(folder).file(world));
      }
      Files.deleteIfExists(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
