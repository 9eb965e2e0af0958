package slipway.server.core.unload;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.DynamicMBean;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * What the JDK keeps to itself: thread locals, tasks of timers and executors, shutdown hooks, JDBC
 * drivers, listeners to MBeans. It can only be seen if packages of the JDK are opened by options of
 * the virtual machine; if they are not, that much is unknown.
 */
final class Internals {

  private final ClassLoader loader;
  private final List<Holder> found = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();

  private interface Search {
    void run() throws ReflectiveOperationException;
  }

  private Internals(ClassLoader loader) {
    this.loader = loader;
  }

  /** What holds a loader there; one more that says what cannot be known. */
  static List<Holder> of(ClassLoader loader) {
    Internals internals = new Internals(loader);
    internals.search("thread locals, timers, tasks of executors", internals::searchThreads);
    internals.search("shutdown hooks", internals::searchHooks);
    internals.search("JDBC drivers", internals::searchDrivers);
    internals.search("listeners of MBeans", internals::searchBeans);
    if (!internals.unknown.isEmpty()) {
      internals.found.add(
          Holder.unknown(
              "unknown: " + String.join(", ", internals.unknown) + " (see conf/jvm.options)"));
    }
    return internals.found;
  }

  private void search(String what, Search search) {
    try {
      search.run();
    } catch (ReflectiveOperationException | InaccessibleObjectException closed) {
      unknown.add(what);
    }
  }

  private void searchThreads() throws ReflectiveOperationException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      search(thread);
    }
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
          found.add(Holder.of("shutdown hook " + ((Thread) hook).getName() + " is registered"));
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
        found.add(Holder.of("JDBC driver " + driver.getClass().getName() + " is registered"));
      }
    }
  }

  /** Those that are the loader's own, and are not wrapped, are told by {@link Registries}. */
  private void searchBeans() throws ReflectiveOperationException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    Object interceptor = get(beans.getClass(), "mbsInterceptor", beans);
    Object repository = get(interceptor.getClass(), "repository", interceptor);
    Method retrieve = repository.getClass().getMethod("retrieve", ObjectName.class);
    retrieve.setAccessible(true);
    requireOpen("javax.management.NotificationBroadcasterSupport");
    requireOpen("sun.management.NotificationEmitterSupport");
    for (ObjectName name : beans.queryNames(null, null)) {
      Object bean = retrieve.invoke(repository, name);
      if (bean instanceof StandardMBean wrapper
          && wrapper.getImplementation().getClass().getClassLoader() == loader) {
        found.add(Holder.of("MBean " + name + " is registered"));
      } else if (isListenedTo(bean)) {
        found.add(Holder.of("MBean " + name + " has a listener of it"));
      }
    }
  }

  /** Else what listens there would be passed over. */
  private static void requireOpen(String type) throws ReflectiveOperationException {
    Class.forName(type).getDeclaredField("listenerList").setAccessible(true);
  }

  /** A listener's way leads back to the bean, and from there to all beans. */
  private boolean isListenedTo(Object bean) throws ReflectiveOperationException {
    if (bean == null) {
      return false;
    }
    Object wrapped = value("emitter", bean).orElse(bean);
    Object resource = value("resource", wrapped).orElse(wrapped);
    Object emitter = value("broadcaster", resource).orElse(resource);
    Reach<String> reach =
        new Reach<>(
            List.of(loader),
            List.of(DynamicMBean.class, resource.getClass(), emitter.getClass()),
            Reach.OBJECTS);
    reach.from("", value("listenerList", emitter).orElse(null));
    return !reach.search().isEmpty();
  }

  /** The value of a field that an object may have, of its own or by a class that it extends. */
  private static Optional<Object> value(String field, Object object)
      throws ReflectiveOperationException {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Field one : type.getDeclaredFields()) {
        if (one.getName().equals(field)
            && !Modifier.isStatic(one.getModifiers())
            && one.trySetAccessible()) {
          return Optional.ofNullable(one.get(object));
        }
      }
    }
    return Optional.empty();
  }

  private void note(Object from, String holder) {
    if (Reach.to(loader, from)) {
      found.add(Holder.of(holder));
    }
  }

  private static Object get(Class<?> type, String field, Object object)
      throws ReflectiveOperationException {
    Field found = type.getDeclaredField(field);
    found.setAccessible(true);
    return found.get(object);
  }
}
