package slipway.server.core.pipeline;

import java.io.IOException;

/** The class loader of a version, which has left an object of its one class. */
final class Version extends ClassLoader {

  /** What it has left. */
  public static final class Left {}

  Object object() throws ReflectiveOperationException {
    return loadClass(Left.class.getName()).getConstructor().newInstance();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.equals(Left.class.getName())) {
      return super.loadClass(name, resolve);
    }
    Class<?> defined = findLoadedClass(name);
    if (defined != null) {
      return defined;
    }
    try (var in = Left.class.getResourceAsStream("Version$Left.class")) {
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException lost) {
      throw new ClassNotFoundException(name, lost);
    }
  }
}
