package slipway.server.core.unload;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The classes that a class loader has loaded, by name, and loads no other. For one search, as it
 * remembers; not thread-safe.
 */
final class LoadedClasses {

  private final ClassLoader loader;
  private final MethodHandle find;
  private final Map<String, Optional<Class<?>>> known = new HashMap<>();

  /** For a loader of a bundle; one of the JDK's own has none that are known. */
  LoadedClasses(ClassLoader loader) {
    this.loader = loader;
    this.find = find(loader.getClass());
  }

  /** A class loader tells it only to classes that extend it. */
  private static MethodHandle find(Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
          .findVirtual(type, "findLoadedClass", methodType(Class.class, String.class));
    } catch (ReflectiveOperationException closed) {
      return null;
    }
  }

  Optional<Class<?>> find(String name) {
    return known.computeIfAbsent(name, this::look);
  }

  private Optional<Class<?>> look(String name) {
    if (find == null) {
      return Optional.empty();
    }
    try {
      Class<?> type = (Class<?>) find.invoke(loader, name);
      // one that it has from another loader is found as well
      return type != null && type.getClassLoader() == loader ? Optional.of(type) : Optional.empty();
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
