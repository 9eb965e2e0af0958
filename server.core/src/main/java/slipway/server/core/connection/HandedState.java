package slipway.server.core.connection;

import java.util.Collection;
import java.util.Map;
import slipway.service.Handed;

/**
 * Checks what one version of a service gives another: an object of a class of the old version would
 * mean nothing to the new one, and would keep the old one's classes in memory.
 */
final class HandedState {

  private static final int MAX_DEPTH = 16;

  private HandedState() {}

  /**
   * The state as values.
   *
   * @throws IllegalArgumentException if something is of a class that is not the JDK's; names it
   */
  static Handed checked(Map<String, Object> state) {
    if (state == null) {
      return null;
    }
    check(state);
    return Handed.of(state);
  }

  /**
   * Looks at all that can be reached through maps, collections and arrays.
   *
   * @throws IllegalArgumentException if something is of a class that is not the JDK's; names it
   */
  static void check(Map<String, Object> state) {
    check(state, 0);
  }

  private static void check(Object value, int depth) {
    if (value == null) {
      return;
    }
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("the state is nested too deeply");
    }
    Class<?> type = value.getClass();
    while (type.isArray()) {
      type = type.getComponentType();
    }
    ClassLoader loader = type.getClassLoader();
    if (type.isSynthetic()
        || type.isHidden()
        || loader != null && loader != ClassLoader.getPlatformClassLoader()) {
      throw new IllegalArgumentException("the state has a " + type.getName() + ", no JDK type");
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, mapped) -> {
            check(key, depth + 1);
            check(mapped, depth + 1);
          });
    } else if (value instanceof Collection<?> collection) {
      collection.forEach(element -> check(element, depth + 1));
    } else if (value instanceof Object[] array) {
      for (Object element : array) {
        check(element, depth + 1);
      }
    }
  }
}
