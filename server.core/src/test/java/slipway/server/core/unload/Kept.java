package slipway.server.core.unload;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/** What a library may keep in static memory; loaded by a class loader of its own. */
final class Kept {

  private Kept() {}

  /** Caches of several kinds. */
  public static final class Caches {
    public static final Map<Object, Object> MAP = new ConcurrentHashMap<>();
    public static final Map<Object, Object> LEAST_USED = new LeastUsed();
    public static final Map<Object, Object> WEAK = new WeakHashMap<>();
    public static final FastThreadLocal<Object> LOCAL = new FastThreadLocal<>();
    public static Object last;

    private Caches() {}
  }

  private static final class LeastUsed extends LinkedHashMap<Object, Object> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
      return size() > 100;
    }
  }

  /** Has what cannot be initialized. */
  public static final class Broken {
    public static final Object NOTHING = Collections.emptyList().iterator().next();

    private Broken() {}
  }
}
