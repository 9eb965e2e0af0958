package slipway.server.core.unload;

import io.netty.channel.EventLoopGroup;
import io.netty.util.internal.InternalThreadLocalMap;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.wiring.BundleWiring;
import slipway.admin.DeployAdmin.Leak;

/**
 * Watches the class loaders of versions that are gone, weakly: a loader that stays in memory is
 * held by something, and with it all classes and statics of its version. May be used from any
 * thread.
 */
public final class Unloads {

  private static final int COLLECTIONS = 10;
  private static final long PAUSE_MILLIS = 50;

  /** In which time the framework gives up what it was asked to, unless it has more to do. */
  private static final Duration REFRESH = Duration.ofSeconds(10);

  private final List<EventLoopGroup> eventLoops;
  private final LeftTasks tasks;
  private final Supplier<List<Living>> living;
  private final Holders holders;
  private final Clock clock;
  private final Queue<Gone> watched = new ConcurrentLinkedQueue<>();
  private final AtomicInteger refreshing = new AtomicInteger();

  /** Those whose tasks on event loops have not been looked for. */
  private final Queue<Gone> leaving = new ConcurrentLinkedQueue<>();

  /** What the last search has found. */
  private volatile List<Found> found = List.of();

  private record Found(Leak leak, WeakReference<ClassLoader> loader) {}

  /**
   * A version.
   *
   * @param used the ids of the bundles whose classes it used
   */
  private record Gone(
      String service,
      String version,
      long bundleId,
      Instant when,
      Set<Long> used,
      WeakReference<ClassLoader> loader) {

    String shown() {
      return service + " " + version;
    }
  }

  /**
   * Makes the watch over one framework.
   *
   * @param context whose framework's bundles may hold what is gone
   * @param eventLoops those that handlers run on
   * @param hostOrService whether a class is of the host or of a service: their objects lead to
   *     everything, so it is not looked what a task of theirs leads to
   * @param connections names the connections that have objects of a loader's classes
   * @param threads of which loader's version threads are, by their ids, as far as the host knows
   */
  public Unloads(
      BundleContext context,
      List<EventLoopGroup> eventLoops,
      Predicate<Class<?>> hostOrService,
      Function<ClassLoader, List<String>> connections,
      Supplier<Map<Long, ClassLoader>> threads,
      Clock clock) {
    this(
        eventLoops,
        new LeftTasks(eventLoops, hostOrService),
        () -> Living.in(context),
        new Holders(connections, threads, () -> Living.in(context)),
        clock);
  }

  Unloads(
      List<EventLoopGroup> eventLoops,
      LeftTasks tasks,
      Supplier<List<Living>> living,
      Holders holders,
      Clock clock) {
    this.eventLoops = eventLoops;
    this.tasks = tasks;
    this.living = living;
    this.holders = holders;
    this.clock = clock;
  }

  /** Watches a version that is about to be uninstalled; not if it has loaded no class. */
  public void watch(String service, Bundle bundle) {
    watched.removeIf(gone -> gone.loader().refersTo(null));
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    ClassLoader loader = wiring == null ? null : wiring.getClassLoader();
    if (loader != null) {
      Gone gone =
          new Gone(
              service,
              bundle.getVersion().toString(),
              bundle.getBundleId(),
              clock.instant(),
              Living.usedBy(wiring),
              new WeakReference<>(loader));
      watched.add(gone);
      leaving.add(gone);
    }
  }

  /**
   * To be called once it is uninstalled. Until it is refreshed, the framework keeps its classes.
   *
   * @return to be called when it is refreshed
   */
  public FrameworkListener refresh() {
    refreshing.incrementAndGet();
    AtomicBoolean over = new AtomicBoolean();
    return event -> {
      if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED && over.compareAndSet(false, true)) {
        refreshing.decrementAndGet();
        forget();
      }
    };
  }

  /**
   * Makes event loops forget classes that are gone, and tasks of versions that are, and class
   * loaders what they should have forgotten.
   */
  public void forget() {
    for (Gone gone = leaving.poll(); gone != null; gone = leaving.poll()) {
      tasks.cancel(gone.shown(), gone.loader());
    }
    for (EventLoopGroup group : eventLoops) {
      group.forEach(loop -> loop.execute(this::forgetHere));
    }
    living.get().forEach(one -> LoadingThreads.forgetEnded(one.loader()));
  }

  /** Netty's type matchers keep the classes of handlers for as long as their thread lives. */
  private void forgetHere() {
    InternalThreadLocalMap locals = InternalThreadLocalMap.getIfSet();
    if (locals != null) {
      locals.typeParameterMatcherFindCache().keySet().removeIf(this::isGone);
      locals.typeParameterMatcherGetCache().keySet().removeIf(this::isGone);
    }
  }

  private boolean isGone(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader != null && watched.stream().anyMatch(gone -> gone.loader().refersTo(loader));
  }

  /**
   * How many versions of each service are gone for some time, and still in memory. The collector
   * may not have run since: this only looks.
   */
  public Map<String, Long> staying(Duration since) {
    Instant before = clock.instant().minus(since);
    return watched.stream()
        .filter(gone -> !gone.when().isAfter(before) && !gone.loader().refersTo(null))
        .collect(Collectors.groupingBy(Gone::service, Collectors.counting()));
  }

  /** Those that are still there when the framework and the garbage collector are done with them. */
  public List<Leak> leaks() {
    long end = System.nanoTime() + REFRESH.toNanos();
    while (refreshing.get() > 0 && System.nanoTime() < end && pause()) {
      // until the framework has given them up
    }
    leaving.addAll(watched); // for what was scheduled since
    for (int round = 0; round < COLLECTIONS && !watched.isEmpty(); round++) {
      forget();
      System.gc();
      pause();
      watched.removeIf(gone -> gone.loader().refersTo(null));
    }
    List<Gone> left = watched.stream().filter(gone -> !gone.loader().refersTo(null)).toList();
    found = left.isEmpty() ? List.of() : leaks(left);
    return found.stream().map(Found::leak).toList();
  }

  /**
   * Those that {@link #leaks} has found last and that are still there. Searches for nothing, as
   * that takes long and collects garbage.
   */
  public List<Leak> known() {
    return found.stream().filter(one -> !one.loader().refersTo(null)).map(Found::leak).toList();
  }

  /**
   * Waits for the collector and the framework, which do not report when they are done; false if
   * there is no time.
   */
  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<Found> leaks(List<Gone> left) {
    Map<ClassLoader, String> loaders = new IdentityHashMap<>();
    Set<Long> used = new TreeSet<>();
    for (Gone gone : left) {
      ClassLoader loader = gone.loader().get();
      if (loader != null) {
        loaders.put(loader, gone.shown() + ", bundle " + gone.bundleId() + ", which is gone");
        used.addAll(gone.used());
      }
    }
    Map<ClassLoader, List<Holder>> holders = this.holders.of(loaders, used);
    Growth growth = new Growth();
    for (Gone gone : left) {
      growth.add(gone.service(), holders.getOrDefault(gone.loader().get(), List.of()));
    }
    return left.stream()
        .map(
            gone ->
                new Found(
                    leak(gone, holders.getOrDefault(gone.loader().get(), List.of()), growth),
                    gone.loader()))
        .toList();
  }

  private static Leak leak(Gone gone, List<Holder> holders, Growth growth) {
    return new Leak(
        gone.service(),
        gone.version(),
        gone.bundleId(),
        gone.when(),
        holders.stream().map(Holder::text).toList(),
        growth.isBounded(gone.service(), holders));
  }
}
