package slipway.server.core.unload;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import slipway.server.core.watch.ThreadDump;
import slipway.server.core.watch.ThreadDump.Dumped;

/**
 * The threads, virtual ones too, that run code of versions that are gone. The JDK tells of another
 * thread's frames only what their classes are called, and several versions have classes of one
 * name. So it counts which loaders have loaded a class of that name, and what else is known of the
 * thread. For one search.
 */
final class RunningCode {

  private final List<Loaded> all = new ArrayList<>();
  private final Map<Long, ClassLoader> known;
  private final Map<Long, Thread> threads;
  private final List<Dumped> dump = ThreadDump.take();

  /** A bundle's classes; the bundle is there, or is gone. */
  private record Loaded(String bundle, ClassLoader loader, LoadedClasses classes) {
    boolean has(Set<String> types) {
      return types.stream().anyMatch(type -> classes.find(type).isPresent());
    }
  }

  /**
   * Makes a search.
   *
   * @param gone what is gone, by what its bundle is called
   * @param living the bundles that are there
   * @param known of which loader's version threads are, by their ids, as far as the host knows
   */
  RunningCode(Map<ClassLoader, String> gone, List<Living> living, Map<Long, ClassLoader> known) {
    gone.forEach(this::add);
    living.forEach(one -> add(one.loader(), one.shown() + ", bundle " + one.bundleId()));
    this.known = known;
    this.threads =
        Thread.getAllStackTraces().keySet().stream()
            .collect(Collectors.toMap(Thread::threadId, thread -> thread));
  }

  private void add(ClassLoader loader, String bundle) {
    all.add(new Loaded(bundle, loader, new LoadedClasses(loader)));
  }

  /** Those that run, or may run, code of a loader. */
  List<Holder> of(ClassLoader loader) {
    Loaded own = all.stream().filter(one -> one.loader() == loader).findFirst().orElseThrow();
    Set<Holder> found = new LinkedHashSet<>();
    for (Dumped thread : dump) {
      Set<String> types =
          thread.stack().stream()
              .map(StackTraceElement::getClassName)
              .filter(type -> own.classes().find(type).isPresent())
              .collect(Collectors.toSet());
      if (!types.isEmpty()) {
        found.addAll(holder(thread, loader, types));
      }
    }
    return List.copyOf(found);
  }

  private List<Holder> holder(Dumped thread, ClassLoader loader, Set<String> types) {
    String name = "thread " + thread.name() + " runs its code";
    List<Loaded> rivals = rivals(loader, types);
    ClassLoader owner = owner(thread.id(), rivals);
    if (rivals.isEmpty() || owner == loader) {
      return List.of(Holder.of(name));
    }
    return owner != null
        ? List.of()
        : List.of(
            Holder.unknown(
                name
                    + ", or that of "
                    + rivals.stream().map(Loaded::bundle).collect(Collectors.joining(" or of "))
                    + ", whose classes have the same names"));
  }

  /** The others that have each of these classes; none if one of the classes is no other's. */
  private List<Loaded> rivals(ClassLoader loader, Set<String> types) {
    List<Loaded> others = all.stream().filter(one -> one.loader() != loader).toList();
    boolean sole =
        types.stream().anyMatch(type -> others.stream().noneMatch(one -> one.has(Set.of(type))));
    return sole ? List.of() : others.stream().filter(one -> one.has(types)).toList();
  }

  /** Whose the thread is, as the host knows it, or by its class and its context; or null. */
  private ClassLoader owner(long id, List<Loaded> rivals) {
    Thread thread = threads.get(id);
    Map<ClassLoader, Loaded> theirs = new IdentityHashMap<>();
    rivals.forEach(rival -> theirs.put(rival.loader(), rival));
    if (known.containsKey(id)) {
      return known.get(id);
    }
    if (thread != null && theirs.containsKey(thread.getClass().getClassLoader())) {
      return thread.getClass().getClassLoader();
    }
    return thread != null && theirs.containsKey(thread.getContextClassLoader())
        ? thread.getContextClassLoader()
        : null;
  }
}
