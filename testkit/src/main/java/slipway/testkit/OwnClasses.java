package slipway.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.util.Arrays;
import slipway.service.Service;

/**
 * Makes versions of a service as the host has them: each has classes of its own. Own is what comes
 * from the same folder or jar as the service; all else, such as Netty and the API, is shared.
 *
 * <p>Loading classes takes more time than all that is done with them. So each eighth version has
 * the same ones, with what they may have in static fields.
 */
public final class OwnClasses extends ClassLoader {

  private static final ClassValue<Turn> TURNS =
      new ClassValue<>() {
        @Override
        protected Turn computeValue(Class<?> type) {
          return new Turn();
        }
      };

  /** The loaders of a service's classes, which take turns. */
  private static final class Turn {
    private final OwnClasses[] loaders = new OwnClasses[8];
    private int next;

    synchronized OwnClasses next(Class<?> type) {
      int at = next++ % loaders.length;
      if (loaders[at] == null) {
        loaders[at] = new OwnClasses(type);
      }
      return loaders[at];
    }
  }

  private final String source;

  private OwnClasses(Class<?> type) {
    super(type.getClassLoader());
    this.source = type.getProtectionDomain().getCodeSource().getLocation().toString();
  }

  /**
   * Makes a version of a service.
   *
   * @param type its class; another class with the same name and content is what is made
   * @param arguments for a constructor that takes them; of classes that are shared
   * @throws IllegalArgumentException if there is no such constructor, or it fails
   */
  public static Service make(Class<? extends Service> type, Object... arguments) {
    try {
      for (Constructor<?> one :
          TURNS.get(type).next(type).loadClass(type.getName()).getDeclaredConstructors()) {
        if (takes(one, arguments)) {
          one.setAccessible(true);
          return (Service) one.newInstance(arguments);
        }
      }
    } catch (InvocationTargetException failed) {
      throw new IllegalArgumentException(
          type.getName() + " cannot be made: " + failed.getCause(), failed.getCause());
    } catch (ReflectiveOperationException failed) {
      throw new IllegalArgumentException(type.getName() + " cannot be made: " + failed, failed);
    }
    throw new IllegalArgumentException(
        type.getName() + " has no constructor that takes " + Arrays.toString(arguments));
  }

  private static boolean takes(Constructor<?> constructor, Object[] arguments) {
    Class<?>[] types = constructor.getParameterTypes();
    for (int index = 0; index < types.length && types.length == arguments.length; index++) {
      if (!types[index].isInstance(arguments[index])) {
        return false;
      }
    }
    return types.length == arguments.length;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    String path = name.replace('.', '/') + ".class";
    URL found = getParent().getResource(path);
    if (found == null || !found.toString().contains(source)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name, found) : known;
    }
  }

  private Class<?> define(String name, URL found) throws ClassNotFoundException {
    try (InputStream in = found.openStream()) {
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }
}
