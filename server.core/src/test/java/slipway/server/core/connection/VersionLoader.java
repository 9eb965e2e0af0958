package slipway.server.core.connection;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.InputStream;
import slipway.service.Service;

/** A bundle's class loader: one class, and those in it, are its own; all others are shared. */
final class VersionLoader extends ClassLoader {

  private final String own;

  private VersionLoader(Class<?> own) {
    super(own.getClassLoader());
    this.own = own.getName();
  }

  /** A service whose classes no other version has. */
  static Service version(Class<? extends Service> type, String name) throws Exception {
    return (Service) load(type).getConstructor(String.class).newInstance(name);
  }

  /** Likewise, on TLS. */
  static Service version(Class<? extends Service> type, String name, SslContext tls)
      throws Exception {
    return (Service)
        load(type).getConstructor(String.class, SslContext.class).newInstance(name, tls);
  }

  private static Class<?> load(Class<? extends Service> type) throws ClassNotFoundException {
    return new VersionLoader(type).loadClass(type.getName());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.equals(own) && !name.startsWith(own + "$")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }
}
