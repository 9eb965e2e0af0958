package slipway.server.world;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import slipway.packet.PacketEnd;
import slipway.packet.PacketReader;
import slipway.packet.PacketSession;
import slipway.server.world.park.ParkFolder;
import slipway.thread.ControlThread;
import slipway.world.SessionMode;
import slipway.world.WorldKind;
import slipway.world.WorldService;
import slipway.world.Worlds;

/**
 * The worlds of the host: which version runs which, and how sessions come to them. A {@link Realm}
 * is changed by one thread; sessions come and go in their event loops.
 */
@Component(
    service = {Worlds.class, HostWorlds.class},
    configurationPid = WorldsConfig.PID)
@Designate(ocd = WorldsConfig.class)
public final class HostWorlds implements Worlds {

  private static final byte[] NO_TICKET = {};

  private final WorldRules rules;
  private final Executor control;
  private final Function<Rehearsals, CompletableFuture<Void>> rehearse;
  private final Function<WorldService, VersionName> names;
  private final LongSupplier nanos;
  private final Directory directory;
  private final Map<String, Realm> realms = new ConcurrentHashMap<>();

  private final Runnable configure = this::configure;

  /** For Declarative Services. */
  @Activate
  public HostWorlds(
      @Reference WorldRules rules, BundleContext context, Map<String, Object> properties) {
    this(
        rules,
        new ParkFolder(Path.of(context.getProperty("slipway.home"), "var", "worlds")),
        Loops.started(LoopsRule.read(properties).orElseGet(LoopsRule::usual)),
        ControlThread.named("slipway-worlds"),
        rehearsals -> rehearsals.begin(System::nanoTime),
        VersionName::of,
        System::nanoTime,
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("slipway-world-work-", 1).factory()));
  }

  /**
   * Makes it, without a world.
   *
   * @param parked where worlds are parked
   * @param control runs one task at a time
   * @param rehearse has a version rehearse, which takes seconds
   * @param names tells what a version is called
   * @param workers where work is done that may block
   */
  HostWorlds(
      WorldRules rules,
      ParkFolder parked,
      Loops loops,
      Executor control,
      Function<Rehearsals, CompletableFuture<Void>> rehearse,
      Function<WorldService, VersionName> names,
      LongSupplier nanos,
      Executor workers) {
    this.rules = rules;
    this.control = control;
    this.rehearse = rehearse;
    this.names = names;
    this.nanos = nanos;
    this.directory =
        new Directory(
            control,
            rules,
            new Parking(rules::parks, parked, InstantSource.system()),
            loops,
            nanos,
            workers);
    rules.listen(configure);
  }

  private void configure() {
    control.execute(directory::configure);
  }

  /** A configuration that is refused changes nothing: the last good one stays in force. */
  @Modified
  void modified(Map<String, Object> properties) {
    LoopsRule.read(properties).ifPresent(this::change);
  }

  /** Changes the loops. */
  void change(LoopsRule rule) {
    control.execute(() -> directory.change(rule));
  }

  Directory directory() {
    return directory;
  }

  @Deactivate
  void deactivate() {
    ParkingWait.await(close());
  }

  /** Ends all worlds; completed when they have come to their end. */
  CompletableFuture<Void> close() {
    rules.forget(configure);
    return onControl(() -> Stages.all(realms.values().stream().map(Realm::close).toList()))
        .whenCompleteAsync((closed, failed) -> end(), control)
        .toCompletableFuture();
  }

  private void end() {
    directory.close();
    if (control instanceof ExecutorService thread) {
      thread.shutdown();
    }
  }

  // ---- versions --------------------------------------------------------------------------------

  @Override
  public CompletionStage<Void> ready(WorldService service) {
    return onControl(() -> realm(service).ready(service));
  }

  @Override
  public String awaited(WorldService service) {
    return realm(service).awaited();
  }

  @Override
  public CompletionStage<String> takeOver(WorldService service) {
    return onControl(() -> realm(service).takeOver(service));
  }

  @Override
  public String runs(WorldService service) {
    return realm(service).runs();
  }

  /**
   * Versions have stopped, and with them the worlds that no other version has.
   *
   * @return completed when these worlds have come to their end
   */
  CompletableFuture<Void> stopped(Predicate<WorldService> which) {
    return onControl(
            () -> Stages.all(realms.values().stream().map(realm -> realm.stopped(which)).toList()))
        .toCompletableFuture();
  }

  /** Whether there are worlds that are parked when they end. */
  boolean parks() {
    return rules.parks();
  }

  private <T> CompletionStage<T> onControl(Supplier<CompletableFuture<T>> task) {
    return CompletableFuture.supplyAsync(task, control).thenCompose(Function.identity());
  }

  private Realm realm(WorldService version) {
    return realms.computeIfAbsent(
        names.apply(version).service(),
        service -> new Realm(service, directory, other -> names.apply(other).version(), rehearse));
  }

  // ---- sessions --------------------------------------------------------------------------------

  @Override
  public void joined(WorldService service, PacketSession packets) {
    Realm realm = realms.get(packets.connection().service());
    HostWorld entrance = realm == null ? null : realm.worlds().entrance();
    if (entrance == null || !entrance.reserve()) {
      packets.close(entrance == null ? PacketEnd.FAILED : PacketEnd.FULL);
      return;
    }
    HostSession session = new HostSession(packets, realm, nanos.getAsLong());
    session.link().connected(packets);
    session.become(SessionMode.AUTH);
    if (entrance.kind() == WorldKind.GAME) {
      session.become(SessionMode.AUTH_TO_GAME);
    }
    if (!entrance.post(new Mail.Arrival(session, NO_TICKET))) {
      Departures.turnAway(entrance, session);
    }
  }

  @Override
  public void packet(PacketSession packets, PacketReader packet) {
    packets.attachment(HostSession.class).put(packet);
  }

  @Override
  public void batchDone(PacketSession packets) {
    packets.attachment(HostSession.class).batchDone(nanos.getAsLong());
  }

  @Override
  public void takenUp(WorldService service, PacketSession packets) {
    Realm realm = realms.get(packets.connection().service());
    HostSession session = realm == null ? null : realm.sessions().of(packets.connection().id());
    if (session == null) { // it comes from a version that has no worlds
      joined(service, packets);
    } else {
      packets.attach(session);
      session.takenUp();
    }
  }

  @Override
  public void left(PacketSession packets, PacketEnd why) {
    HostSession session = packets.attachment(HostSession.class);
    if (session != null) { // it may have found no place
      session.gone(why);
    }
  }
}
