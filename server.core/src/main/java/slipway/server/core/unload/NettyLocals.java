package slipway.server.core.unload;

import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.internal.InternalThreadLocalMap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * What threads that are made by Netty have in its thread locals, which are fields of these threads.
 * From another thread, an answer may be of a moment ago.
 */
final class NettyLocals {

  private static final VarHandle INDEX;

  /** Netty's own method warns of other threads than the one that is asked about. */
  private static final VarHandle MAP;

  private static final VarHandle VALUES;

  static {
    try {
      INDEX =
          MethodHandles.privateLookupIn(FastThreadLocal.class, MethodHandles.lookup())
              .findVarHandle(FastThreadLocal.class, "index", int.class);
      MAP =
          MethodHandles.privateLookupIn(FastThreadLocalThread.class, MethodHandles.lookup())
              .findVarHandle(
                  FastThreadLocalThread.class, "threadLocalMap", InternalThreadLocalMap.class);
      VALUES =
          MethodHandles.privateLookupIn(InternalThreadLocalMap.class, MethodHandles.lookup())
              .findVarHandle(InternalThreadLocalMap.class, "indexedVariables", Object[].class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private NettyLocals() {}

  /** The values of a thread local, of all threads that have one. */
  static List<Object> of(FastThreadLocal<?> local) {
    int index = (int) INDEX.get(local);
    List<Object> found = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      Object[] values = in(thread);
      if (index < values.length) {
        found.add(values[index]);
      }
    }
    return found;
  }

  /** The values of all thread locals in a thread; none if Netty has not made it. */
  static Object[] in(Thread thread) {
    Object map =
        thread instanceof FastThreadLocalThread ? MAP.get((FastThreadLocalThread) thread) : null;
    return map == null ? new Object[0] : (Object[]) VALUES.get((InternalThreadLocalMap) map);
  }
}
