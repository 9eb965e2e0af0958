package slipway.server.world;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import slipway.world.WorldSpec;

/** All worlds of the host by their names, and the loops that they are in. */
final class Directory implements AutoCloseable {

  private final Executor control;
  private final WorldRules rules;
  private final Parking parking;
  private final LongSupplier nanos;
  private final Loops loops;
  private final Map<String, Entry> worlds = new ConcurrentHashMap<>();
  private final Executor workers;

  /**
   * A world of the host.
   *
   * @param service whose it is
   * @param asked how the service wants it
   */
  record Entry(String service, WorldSpec asked, HostWorld world, Recent recent) {}

  /**
   * Makes it, without a world.
   *
   * @param control where realms are changed
   * @param workers where work is done that may block
   */
  Directory(
      Executor control,
      WorldRules rules,
      Parking parking,
      Loops loops,
      LongSupplier nanos,
      Executor workers) {
    this.control = control;
    this.rules = rules;
    this.parking = parking;
    this.nanos = nanos;
    this.loops = loops;
    this.workers = workers;
  }

  Executor control() {
    return control;
  }

  Parking parking() {
    return parking;
  }

  Loops loops() {
    return loops;
  }

  /** Null if there is none with this name. */
  HostWorld find(String name) {
    Entry entry = worlds.get(name);
    return entry == null ? null : entry.world();
  }

  Collection<Entry> entries() {
    return worlds.values();
  }

  /** Null if there is none with this name. */
  Entry entry(String name) {
    return worlds.get(name);
  }

  /** What is configured of a world. */
  WorldRule rule(String world) {
    return rules.rule(world);
  }

  // ---- worlds ----------------------------------------------------------------------------------

  /**
   * Opens a world, which has no version yet. Control thread.
   *
   * @param asked how its service wants it
   * @throws IllegalArgumentException if there is a world with its name
   */
  HostWorld open(WorldSpec asked, String service) {
    WorldSpec spec = rules.apply(asked);
    HostWorld world = new HostWorld(spec, loop(spec.name()), nanos);
    Entry entry = new Entry(service, asked, world, new Recent(world.counts()));
    Entry there = worlds.putIfAbsent(spec.name(), entry);
    if (there != null) {
      throw new IllegalArgumentException(
          "world " + spec.name() + " is there already, of service " + there.service());
    }
    world.seat().loop().add(world);
    return world;
  }

  /** The loop that is configured for a world, or the one with the fewest worlds. */
  private FrameLoop loop(String world) {
    FrameLoop configured = configured(world);
    if (configured != null) {
      return configured;
    }
    List<FrameLoop> taken = new ArrayList<>();
    worlds.values().forEach(entry -> taken.add(entry.world().seat().loop()));
    return loops.all().stream()
        .min(Comparator.comparingLong(loop -> taken.stream().filter(each -> each == loop).count()))
        .orElseThrow();
  }

  /** The loop that is configured for a world; null if none is, or there is no such loop. */
  private FrameLoop configured(String world) {
    return loops.find(rules.loop(world));
  }

  /** Closes a world, and its sessions. */
  void close(HostWorld world) {
    worlds.computeIfPresent(world.name(), (name, entry) -> entry.world() == world ? null : entry);
    world.seat().leave(world::close);
  }

  /** Takes a sample of all worlds and loops; to be called once a second, by one thread. */
  void sample(long now) {
    loops.all().forEach(loop -> loop.use().sample(now));
    for (Entry entry : worlds.values()) {
      entry.recent().sample(now);
      entry.world().seat().execute(entry.world()::measure);
      setAside(entry.world());
    }
  }

  /** What a world has gone on from is set aside, once it has gone on for a second. */
  private void setAside(HostWorld world) {
    if (parking.isLoaded(world.name())
        && world.isRunning()
        && world.counts().totals().frames() >= world.spec().fps()) {
      async(() -> parking.goesOn(world.name()));
    }
  }

  /** The configuration of the loops has changed. Control thread. */
  void change(LoopsRule rule) {
    loops.change(rule);
    configure(); // a world may be configured for a loop that was not there
  }

  /**
   * Has another loop run a world. Control thread, so that the loop does not go meanwhile.
   *
   * @throws IllegalArgumentException if there is no such world or loop; says what is allowed
   */
  void move(String name, int number) {
    HostWorld world = find(name);
    FrameLoop loop = loops.find(number);
    if (world == null) {
      throw new IllegalArgumentException(name + " is no world; see: worlds ps");
    }
    if (loop == null) {
      throw new IllegalArgumentException(
          "LOOP = " + number + ": allowed is 1 to " + loops.all().size());
    }
    world.seat().moveTo(loop);
  }

  /** The configuration of worlds has changed. */
  void configure() {
    for (Entry entry : worlds.values()) {
      WorldSpec spec = rules.apply(entry.asked());
      FrameLoop loop = configured(spec.name());
      if (loop != null && loop != entry.world().seat().loop()) {
        entry.world().seat().moveTo(loop);
      }
      if (!spec.equals(entry.world().spec())) {
        entry.world().seat().execute(() -> entry.world().change(spec));
      }
    }
  }

  // ---- for worlds ------------------------------------------------------------------------------

  /** Tells a world something; false if it does not run. */
  boolean tell(String world, Mail.Message message) {
    Entry entry = worlds.get(world);
    return entry != null && entry.world().post(message);
  }

  /** Has work done by a thread that may block. */
  void async(Runnable work) {
    try {
      workers.execute(work);
    } catch (RejectedExecutionException ended) {
      // the host ends, and its worlds with it
    }
  }

  /** Ends the loops. */
  @Override
  public void close() {
    if (workers instanceof ExecutorService threads) {
      threads.shutdownNow();
    }
    loops.close();
  }
}
