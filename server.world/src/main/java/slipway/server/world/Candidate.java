package slipway.server.world;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;
import org.osgi.framework.FrameworkUtil;
import slipway.packet.PacketSettings;
import slipway.packet.Packets;
import slipway.world.WorldService;

/**
 * A version of a service in a jar that is not deployed. Nothing of the framework knows of it: its
 * classes come from the jar, and those that it imports from the version that runs. What its
 * constructor asks for are stand-ins that do nothing, so that it reaches neither the database nor
 * anything else.
 *
 * <p>To be closed when it is not used any more. For one thread, which may block.
 */
final class Candidate implements AutoCloseable {

  private static final String CLASS = ".class";

  /** Of what there can be none. */
  private static final Map<Class<?>, Object> NOTHING =
      Map.of(
          Map.class, Map.of(),
          List.class, List.of(),
          Set.class, Set.of(),
          Collection.class, List.of(),
          Optional.class, Optional.empty());

  private final Loader loader;
  private final WorldService service;

  /**
   * Makes it.
   *
   * @param running the version that runs, or another class of the host: where the classes come from
   *     that the jar does not have
   * @throws IllegalStateException if there is not one service of worlds in it, or it cannot be
   *     made; its message ends a sentence about the jar
   * @throws IOException if it cannot be read
   */
  Candidate(Path jar, Class<?> running) throws IOException {
    this.loader = new Loader(jar, running);
    try {
      this.service = make(type(jar));
    } catch (IOException | RuntimeException failed) {
      loader.close();
      throw failed;
    }
  }

  WorldService service() {
    return service;
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }

  /** Looks into the jar first, as a bundle does for what it does not import. */
  private static final class Loader extends URLClassLoader implements BundleReference {

    private final Bundle bundle;

    Loader(Path jar, Class<?> running) throws MalformedURLException {
      super(new URL[] {jar.toUri().toURL()}, running.getClassLoader());
      this.bundle = FrameworkUtil.getBundle(running);
    }

    /** A version that looks for its bundle finds the one that runs. */
    @Override
    public Bundle getBundle() {
      return bundle;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded == null) {
          loaded = own(name);
        }
        if (loaded == null) {
          loaded = getParent().loadClass(name);
        }
        if (resolve) {
          resolveClass(loaded);
        }
        return loaded;
      }
    }

    /** Null if the jar does not have it. */
    private Class<?> own(String name) {
      if (name.startsWith("java.") || findResource(name.replace('.', '/') + CLASS) == null) {
        return null;
      }
      try {
        return findClass(name);
      } catch (ClassNotFoundException none) {
        return null;
      }
    }

    @Override
    public URL getResource(String name) {
      URL own = findResource(name);
      return own == null ? super.getResource(name) : own;
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      URL found = getResource(name);
      try {
        return found == null ? null : read(found);
      } catch (IOException gone) {
        return null;
      }
    }

    /** The JDK would keep a jar open and show what was in it, also when there is another one. */
    private static InputStream read(URL found) throws IOException {
      URLConnection connection = found.openConnection();
      connection.setUseCaches(false);
      return connection.getInputStream();
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      Enumeration<URL> own = findResources(name);
      return own.hasMoreElements() ? own : super.getResources(name);
    }
  }

  /** The one class in the jar that is a service of worlds. */
  private Class<? extends WorldService> type(Path jar) throws IOException {
    List<Class<? extends WorldService>> found = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(CLASS) && !name.startsWith("META-INF/"))
          .map(name -> name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
          .forEach(name -> add(name, found));
    }
    if (found.size() != 1) {
      throw new IllegalStateException(
          "it is to have one class that extends WorldService; it has "
              + found.stream().map(Class::getName).toList());
    }
    return found.getFirst();
  }

  private void add(String name, List<Class<? extends WorldService>> found) {
    try {
      Class<?> type = Class.forName(name, false, loader);
      if (WorldService.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
        found.add(type.asSubclass(WorldService.class));
      }
    } catch (ClassNotFoundException | LinkageError other) {
      // a class for something that is not there, which is not what is looked for
    }
  }

  private static WorldService make(Class<? extends WorldService> type) {
    Constructor<?> constructor =
        Arrays.stream(type.getConstructors())
            .max((one, two) -> one.getParameterCount() - two.getParameterCount())
            .orElseThrow(
                () -> new IllegalStateException(type.getName() + " has no public constructor"));
    Object[] parameters =
        Arrays.stream(constructor.getParameterTypes()).map(Candidate::standIn).toArray();
    try {
      return (WorldService) constructor.newInstance(parameters);
    } catch (InvocationTargetException | ExceptionInInitializerError failed) {
      throw cannotBeMade(type, failed.getCause());
    } catch (ReflectiveOperationException | LinkageError failed) {
      throw cannotBeMade(type, failed);
    }
  }

  private static IllegalStateException cannotBeMade(Class<?> type, Throwable failed) {
    return new IllegalStateException(
        type.getName() + " cannot be made without its host: " + failed, failed);
  }

  /** Something of a type that does nothing; null if there can be none. */
  private static Object standIn(Class<?> type) {
    if (type == Packets.class) {
      return new Packets(connection -> PacketSettings.usual());
    }
    if (NOTHING.containsKey(type)) {
      return NOTHING.get(type);
    }
    if (!type.isInterface() || type.isSealed()) {
      return null;
    }
    return Proxy.newProxyInstance(
        type.getClassLoader() == null ? Candidate.class.getClassLoader() : type.getClassLoader(),
        new Class<?>[] {type},
        (self, method, arguments) ->
            switch (method.getName()) {
              case "toString" -> "a stand-in for " + type.getName();
              case "hashCode" -> System.identityHashCode(self);
              case "equals" -> self == arguments[0];
              default ->
                  type.isAnnotation() ? method.getDefaultValue() : answer(method.getReturnType());
            });
  }

  /** What a stand-in answers: nothing, or as little as there can be. */
  private static Object answer(Class<?> type) {
    if (type == void.class) {
      return null;
    }
    if (type.isPrimitive()) {
      return Array.get(Array.newInstance(type, 1), 0);
    }
    return NOTHING.getOrDefault(type, standIn(type));
  }
}
