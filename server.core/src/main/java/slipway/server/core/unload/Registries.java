package slipway.server.core.unload;

import java.lang.management.ManagementFactory;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What a version can register in the JDK, as far as the JDK tells of it. */
final class Registries {

  private Registries() {}

  /** What is registered that is of a loader's classes. */
  static List<Holder> of(ClassLoader loader) {
    List<String> found = new ArrayList<>();
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName name : beans.queryNames(null, null)) {
      if (isOf(beans, name, loader)) {
        found.add("MBean " + name + " is registered");
      }
    }
    LogManager logs = LogManager.getLogManager();
    for (String name : Collections.list(logs.getLoggerNames())) {
      Logger logger = logs.getLogger(name);
      if (logger != null && Arrays.stream(logger.getHandlers()).anyMatch(h -> isOf(h, loader))) {
        found.add("java.util.logging has its handler at the logger \"" + name + "\"");
      }
    }
    for (Provider provider : Security.getProviders()) {
      if (isOf(provider, loader)) {
        found.add("security provider " + provider.getName() + " is registered");
      }
    }
    defaults()
        .forEach(
            (what, one) -> {
              if (isOf(one, loader)) {
                found.add(what + " is its own");
              }
            });
    return found.stream().map(Holder::of).toList();
  }

  /** What exists once in the JDK, and any code can exchange. */
  private static Map<String, Object> defaults() {
    Map<String, Object> defaults = new LinkedHashMap<>();
    defaults.put(
        "the default handler of uncaught exceptions", Thread.getDefaultUncaughtExceptionHandler());
    defaults.put("System.out", System.out);
    defaults.put("System.err", System.err);
    defaults.put("System.in", System.in);
    defaults.put("the default java.net.Authenticator", Authenticator.getDefault());
    defaults.put("the default java.net.CookieHandler", CookieHandler.getDefault());
    defaults.put("the default java.net.ProxySelector", ProxySelector.getDefault());
    defaults.put("the default java.net.ResponseCache", ResponseCache.getDefault());
    return defaults;
  }

  /** Whether an MBean is of a loader's class. */
  static boolean isOf(MBeanServer beans, ObjectName name, ClassLoader loader) {
    try {
      return beans.getClassLoaderFor(name) == loader;
    } catch (InstanceNotFoundException gone) {
      return false;
    }
  }

  private static boolean isOf(Object one, ClassLoader loader) {
    return one != null && one.getClass().getClassLoader() == loader;
  }
}
