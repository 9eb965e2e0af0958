package slipway.server.core.unload;

import java.io.IOException;
import java.io.InputStream;

/** A class loader that has the classes within a class for itself, as each bundle has. */
final class OwnClasses extends ClassLoader {

  private final String own;

  OwnClasses(Class<?> outer) {
    super(outer.getClassLoader());
    own = outer.getName();
  }

  /** A new object of a class of its own. */
  Object make(Class<?> type) throws Exception {
    return load(type).getConstructor().newInstance();
  }

  /** A class of its own. */
  Class<?> load(Class<?> type) throws Exception {
    Class<?> loaded = loadClass(type.getName());
    if (loaded == type) {
      throw new AssertionError(type + " is shared");
    }
    return loaded;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(own)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }
}
