package slipway.server.core.deploy;

import io.netty.channel.EventLoopGroup;
import io.netty.util.internal.InternalThreadLocalMap;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.wiring.BundleWiring;
import slipway.admin.DeployAdmin.Leak;

/**
 * Watches the class loaders of versions that are gone, weakly: a loader that stays in memory is
 * held by somebody, and with it all classes and statics of its version. May be used from any
 * thread.
 */
final class Unloads {

  private static final int COLLECTIONS = 10;
  private static final long PAUSE_MILLIS = 50;

  /** In which time the framework gives up what it was asked to, unless it has more to do. */
  private static final Duration REFRESH = Duration.ofSeconds(10);

  private final List<EventLoopGroup> eventLoops;
  private final Holders holders;
  private final Clock clock;
  private final Queue<Gone> watched = new ConcurrentLinkedQueue<>();
  private final AtomicInteger refreshing = new AtomicInteger();

  private record Gone(
      String service,
      String version,
      long bundleId,
      Instant when,
      Path jar,
      WeakReference<ClassLoader> loader) {}

  Unloads(List<EventLoopGroup> eventLoops, Holders holders, Clock clock) {
    this.eventLoops = eventLoops;
    this.holders = holders;
    this.clock = clock;
  }

  /**
   * Watches a version that is about to be uninstalled; does nothing if it has loaded no class.
   *
   * @param jar its content, to know its classes by
   */
  void watch(String service, Bundle bundle, Path jar) {
    watched.removeIf(gone -> gone.loader().refersTo(null));
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    ClassLoader loader = wiring == null ? null : wiring.getClassLoader();
    if (loader != null) {
      watched.add(
          new Gone(
              service,
              bundle.getVersion().toString(),
              bundle.getBundleId(),
              clock.instant(),
              jar,
              new WeakReference<>(loader)));
    }
  }

  /**
   * To be called once it is uninstalled. Until it is refreshed, the framework keeps its classes.
   *
   * @return to be told when it is refreshed
   */
  FrameworkListener refresh() {
    refreshing.incrementAndGet();
    AtomicBoolean over = new AtomicBoolean();
    return event -> {
      if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED && over.compareAndSet(false, true)) {
        refreshing.decrementAndGet();
        forget();
      }
    };
  }

  /** Makes Netty's event loops forget classes that are gone. */
  void forget() {
    for (EventLoopGroup group : eventLoops) {
      group.forEach(loop -> loop.execute(this::forgetHere));
    }
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

  /** Those that are still there when the framework and the garbage collector are done with them. */
  List<Leak> leaks() {
    long end = System.nanoTime() + REFRESH.toNanos();
    while (refreshing.get() > 0 && System.nanoTime() < end && pause()) {
      // until the framework has given them up
    }
    for (int round = 0; round < COLLECTIONS && !watched.isEmpty(); round++) {
      forget();
      System.gc();
      pause();
      watched.removeIf(gone -> gone.loader().refersTo(null));
    }
    return watched.stream().map(this::leak).toList();
  }

  /** For the collector, and the framework, whom nobody can wait for; false if there is no time. */
  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Leak leak(Gone gone) {
    ClassLoader loader = gone.loader().get();
    return new Leak(
        gone.service(),
        gone.version(),
        gone.bundleId(),
        gone.when(),
        loader == null ? List.of() : holders.of(loader, gone.jar()));
  }
}
