package slipway.server.core.deploy;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What the JDK keeps to itself: thread locals, tasks of timers and executors, shutdown hooks, JDBC
 * drivers. It can only be seen where packages of the JDK are opened by options of the virtual
 * machine; where they are not, that much is unknown.
 */
final class Internals {

  private static final String UNKNOWN =
      "unknown: thread locals, timers, tasks of executors, shutdown hooks and JDBC drivers"
          + " (see conf/jvm.options)";

  private final ClassLoader loader;
  private final List<String> found = new ArrayList<>();

  private Internals(ClassLoader loader) {
    this.loader = loader;
  }

  /** What holds a loader there; one line that says so where it cannot be known. */
  static List<String> of(ClassLoader loader) {
    Internals internals = new Internals(loader);
    try {
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        internals.search(thread);
      }
      internals.searchHooks();
      internals.searchDrivers();
    } catch (ReflectiveOperationException | InaccessibleObjectException closed) {
      return List.of(UNKNOWN);
    }
    return internals.found;
  }

  private void search(Thread thread) throws ReflectiveOperationException {
    String name = "thread " + thread.getName();
    note(get(Thread.class, "threadLocals", thread), name + " has it in a thread local");
    note(
        get(Thread.class, "inheritableThreadLocals", thread),
        name + " has it in an inheritable thread local");
    Object holder = get(Thread.class, "holder", thread);
    note(get(holder.getClass(), "task", holder), name + " has it among its tasks");
    if (thread.getClass().getName().equals("java.util.TimerThread")) {
      note(get(thread.getClass(), "queue", thread), "timer " + name + " has a task of it");
    }
  }

  private void searchHooks() throws ReflectiveOperationException {
    Map<?, ?> hooks =
        (Map<?, ?>) get(Class.forName("java.lang.ApplicationShutdownHooks"), "hooks", null);
    if (hooks != null) { // the virtual machine does not end yet
      for (Object hook : List.copyOf(hooks.keySet())) {
        Object holder = get(Thread.class, "holder", hook);
        if (hook.getClass().getClassLoader() == loader
            || Reach.to(loader, get(holder.getClass(), "task", holder))) {
          found.add("shutdown hook " + ((Thread) hook).getName() + " is registered");
        }
      }
    }
  }

  private void searchDrivers() throws ReflectiveOperationException {
    Collection<?> drivers =
        (Collection<?>) get(Class.forName("java.sql.DriverManager"), "registeredDrivers", null);
    for (Object registered : drivers) {
      Object driver = get(registered.getClass(), "driver", registered);
      if (driver.getClass().getClassLoader() == loader) {
        found.add("JDBC driver " + driver.getClass().getName() + " is registered");
      }
    }
  }

  private void note(Object from, String holder) {
    if (Reach.to(loader, from)) {
      found.add(holder);
    }
  }

  private static Object get(Class<?> type, String field, Object object)
      throws ReflectiveOperationException {
    Field found = type.getDeclaredField(field);
    found.setAccessible(true);
    return found.get(object);
  }
}
