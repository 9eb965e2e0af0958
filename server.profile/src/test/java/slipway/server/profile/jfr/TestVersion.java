package slipway.server.profile.jfr;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** A version of a service that works: its class has the name that those of all versions have. */
public final class TestVersion {

  private final Owner owner;
  private final ClassLoader loader;
  private final Class<?> type;
  private final Object work;
  private final Thread thread;

  private static final class Loader extends ClassLoader {

    Loader() {
      super(TestVersion.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(Work.class.getName())) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? defined(name) : loaded;
      }
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
      try (InputStream in = Work.class.getResourceAsStream("Work.class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException failed) {
        throw new ClassNotFoundException(name, failed);
      }
    }
  }

  /** Makes one, which begins to work in a thread of its own: it computes, or it allocates. */
  public TestVersion(String version, boolean allocates) throws Exception {
    this.owner = new Owner("work", version);
    this.loader = new Loader();
    this.type = loader.loadClass(Work.class.getName());
    this.work = type.getConstructor(Boolean.class).newInstance(allocates);
    this.thread = (Thread) type.getMethod("begin").invoke(work);
  }

  /** What it is called. */
  public Owner owner() {
    return owner;
  }

  /** The thread that it works in. */
  public Thread thread() {
    return thread;
  }

  /** Versions as the host knows them. */
  public static Map<ClassLoader, Owner> known(TestVersion... versions) {
    Map<ClassLoader, Owner> known = new HashMap<>();
    for (TestVersion version : versions) {
      known.put(version.loader, version.owner);
    }
    return known;
  }

  /** Ends its work. */
  public void end() throws Exception {
    type.getMethod("end").invoke(work);
  }
}
