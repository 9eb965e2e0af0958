package slipway.server.core.deploy;

import io.netty.channel.EventLoopGroup;
import io.netty.util.internal.InternalThreadLocalMap;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.osgi.framework.Bundle;
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

  private final List<EventLoopGroup> eventLoops;
  private final Holders holders;
  private final Clock clock;
  private final Queue<Gone> watched = new ConcurrentLinkedQueue<>();

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
    watched.removeIf(gone -> gone.loader().get() == null);
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

  /** To be called once it is uninstalled: makes Netty's event loops forget its classes. */
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

  /** Those that are still there when garbage has been collected. */
  List<Leak> leaks() {
    for (int round = 0; round < COLLECTIONS && !watched.isEmpty(); round++) {
      forget();
      System.gc();
      pause();
      watched.removeIf(gone -> gone.loader().get() == null);
    }
    return watched.stream().map(this::leak).toList();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS); // for the collector, which nobody can wait for
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
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
