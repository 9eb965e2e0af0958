package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.server.core.watch.ThreadDump;

/**
 * Finds out what can be found out about who holds a class loader: threads that run its code,
 * virtual ones too, threads that have it as their context, connections with its handlers, {@link
 * Registries}, and {@link Internals} of the JDK. Statics of other classes can only be seen in a
 * heap dump.
 */
final class Holders {

  private static final Logger LOG = LoggerFactory.getLogger(Holders.class);

  private final Function<ClassLoader, List<String>> connections;

  /**
   * Makes the search.
   *
   * @param connections names the connections that have handlers of a loader's classes
   */
  Holders(Function<ClassLoader, List<String>> connections) {
    this.connections = connections;
  }

  List<String> of(ClassLoader loader, Path jar) {
    Set<String> classes = classes(jar);
    List<String> found = new ArrayList<>(connections.apply(loader));
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      String name = "thread " + thread.getName();
      if (thread.getContextClassLoader() == loader) {
        found.add(name + " has it as its context class loader");
      }
      if (thread.getClass().getClassLoader() == loader) {
        found.add(name + " is of its class " + thread.getClass().getName());
      }
      if (isOf(thread.getUncaughtExceptionHandler(), loader)) {
        found.add(name + " has its handler of uncaught exceptions");
      }
    }
    found.addAll(threadsIn(classes));
    found.addAll(Registries.of(loader));
    found.addAll(Internals.of(loader));
    return found;
  }

  private static boolean isOf(Object one, ClassLoader loader) {
    return one != null && one.getClass().getClassLoader() == loader;
  }

  private static Set<String> classes(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return Collections.list(file.entries()).stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .collect(Collectors.toSet());
    } catch (IOException gone) {
      LOG.debug("{} cannot be read", jar, gone);
      return Set.of();
    }
  }

  private static Set<String> threadsIn(Set<String> classes) {
    return ThreadDump.take().stream()
        .filter(
            thread ->
                thread.stack().stream().anyMatch(frame -> classes.contains(frame.getClassName())))
        .map(thread -> "thread " + thread.name() + " runs its code")
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
