package slipway.server.core.unload;

import java.lang.reflect.Field;
import java.util.Map;

/**
 * The threads that a class loader of the framework's notes as loading a class. Felix (7.0.5) does
 * not always strike out one that has waited while another loaded the same class: it is kept for as
 * long as the loader is, and with it all that its task leads to, such as the version of a service
 * that the thread has served.
 */
final class LoadingThreads {

  private static final String FIELD = "m_classLocks";

  private LoadingThreads() {}

  /** Strikes out those that have ended; none if the loader does not note them there. */
  static void forgetEnded(ClassLoader loader) {
    try {
      Field field = loader.getClass().getDeclaredField(FIELD);
      if (field.trySetAccessible() && field.get(loader) instanceof Map<?, ?> threads) {
        threads.values().removeIf(one -> one instanceof Thread thread && !thread.isAlive());
      }
    } catch (NoSuchFieldException other) {
      // another framework, or another version of it
    } catch (IllegalAccessException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
