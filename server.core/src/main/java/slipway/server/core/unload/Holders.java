package slipway.server.core.unload;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds what holds class loaders, as far as that can be found: threads that run their code, threads
 * that have one as their context, connections with handlers, {@link Registries}, {@link Internals}
 * of the JDK, and {@link Statics} of libraries. Statics of the JDK can only be seen in a heap dump.
 */
final class Holders {

  private final Function<ClassLoader, List<String>> connections;
  private final Supplier<Map<Long, ClassLoader>> threads;
  private final Supplier<List<Living>> living;

  /**
   * Makes the search.
   *
   * @param connections names the connections that have objects of a loader's classes
   * @param threads of which loader's version threads are, by their ids, as far as the host knows
   * @param living the bundles that are there
   */
  Holders(
      Function<ClassLoader, List<String>> connections,
      Supplier<Map<Long, ClassLoader>> threads,
      Supplier<List<Living>> living) {
    this.connections = connections;
    this.threads = threads;
    this.living = living;
  }

  /**
   * What holds versions that are gone.
   *
   * @param gone by class loader, what its bundle is called
   * @param used the ids of the bundles whose classes these versions used
   */
  Map<ClassLoader, List<Holder>> of(Map<ClassLoader, String> gone, Set<Long> used) {
    List<Living> bundles = living.get();
    List<Living> libraries =
        bundles.stream().filter(one -> one.library() && used.contains(one.bundleId())).toList();
    RunningCode code = new RunningCode(gone, bundles, threads.get());
    Map<ClassLoader, Set<Holder>> statics = Statics.of(gone.keySet(), libraries);
    Map<ClassLoader, List<Holder>> found = new IdentityHashMap<>();
    for (ClassLoader loader : gone.keySet()) {
      List<Holder> holders = new ArrayList<>();
      connections.apply(loader).stream().map(Holder::of).forEach(holders::add);
      holders.addAll(threads(loader));
      holders.addAll(code.of(loader));
      holders.addAll(Registries.of(loader));
      holders.addAll(statics.getOrDefault(loader, Set.of()));
      holders.addAll(Internals.of(loader));
      found.put(loader, List.copyOf(holders));
    }
    return found;
  }

  private static List<Holder> threads(ClassLoader loader) {
    List<Holder> found = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      String name = "thread " + thread.getName();
      if (thread.getContextClassLoader() == loader) {
        found.add(Holder.of(name + " has it as its context class loader"));
      }
      if (thread.getClass().getClassLoader() == loader) {
        found.add(Holder.of(name + " is of its class " + thread.getClass().getName()));
      }
      if (isOf(thread.getUncaughtExceptionHandler(), loader)) {
        found.add(Holder.of(name + " has its handler of uncaught exceptions"));
      }
    }
    return found;
  }

  private static boolean isOf(Object one, ClassLoader loader) {
    return one != null && one.getClass().getClassLoader() == loader;
  }
}
