package slipway.server.core.deploy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what can be found out about who holds a class loader: threads that run its code,
 * virtual ones too, threads that have it as their context, connections with its handlers, {@link
 * Registries}, exceptions in the log, and {@link Internals} of the JDK. Statics of other classes
 * can only be seen in a heap dump.
 */
final class Holders {

  private static final Logger LOG = LoggerFactory.getLogger(Holders.class);
  private static final Pattern THREAD = Pattern.compile("#\\d+ \"([^\"]*)\".*");
  private static final Pattern FRAME =
      Pattern.compile("\\s+(?:at )?(?:[^/\\s]*/)*([\\w.$]+)\\.[\\w$<>]+\\(.*");

  private final Function<ClassLoader, List<String>> connections;
  private final Function<Set<String>, List<String>> logged;

  /**
   * Makes the search.
   *
   * @param connections names the connections that have handlers of a loader's classes
   * @param logged tells of what is kept of the log and was thrown in classes with these names
   */
  Holders(
      Function<ClassLoader, List<String>> connections, Function<Set<String>, List<String>> logged) {
    this.logged = logged;
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
    found.addAll(logged.apply(classes));
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

  /** The JDK's own dump, as virtual threads are in no other list. */
  private static Set<String> threadsIn(Set<String> classes) {
    Set<String> found = new TreeSet<>();
    Path dump = null;
    try {
      dump = Files.createTempFile("slipway-threads", ".txt");
      Files.delete(dump); // it has to be a new file
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
              "dumpThreads",
              new Object[] {dump.toString(), "TEXT_PLAIN"},
              new String[] {String.class.getName(), String.class.getName()});
      String thread = "";
      for (String line : Files.readAllLines(dump)) {
        Matcher head = THREAD.matcher(line);
        Matcher frame = FRAME.matcher(line);
        if (head.matches()) {
          thread = head.group(1);
        } else if (frame.matches() && classes.contains(frame.group(1))) {
          found.add("thread " + thread + " runs its code");
        }
      }
    } catch (IOException | JMException failed) {
      LOG.warn("threads cannot be listed: {}", failed.toString());
    } finally {
      delete(dump);
    }
    return found;
  }

  private static void delete(Path dump) {
    try {
      if (dump != null) {
        Files.deleteIfExists(dump);
      }
    } catch (IOException left) {
      LOG.debug("{} is left", dump, left);
    }
  }
}
