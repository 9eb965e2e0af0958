package slipway.server.core.deploy;

import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Queue;
import java.util.Set;

/**
 * Whether an object leads to a class loader, over strong references and a few steps: what is
 * farther away is the whole host. Fields that are closed are passed over.
 */
final class Reach {

  private static final int STEPS = 10;
  private static final int OBJECTS = 20_000;

  private final ClassLoader loader;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Queue<Object> next = new ArrayDeque<>();

  private Reach(ClassLoader loader) {
    this.loader = loader;
  }

  static boolean to(ClassLoader loader, Object from) {
    return from != null && new Reach(loader).isReachedFrom(from);
  }

  private boolean isReachedFrom(Object from) {
    add(from);
    for (int step = 0; step < STEPS && !next.isEmpty(); step++) {
      for (int left = next.size(); left > 0; left--) {
        Object object = next.remove();
        if (isOfLoader(object)) {
          return true;
        }
        if (!isEnd(object)) {
          addReferences(object);
        }
      }
    }
    return false;
  }

  private boolean isOfLoader(Object object) {
    return object == loader
        || object instanceof Class<?> type && type.getClassLoader() == loader
        || object.getClass().getClassLoader() == loader;
  }

  /** These lead to everything, and are looked at as such. */
  private static boolean isEnd(Object object) {
    return object instanceof Class<?>
        || object instanceof ClassLoader
        || object instanceof Thread
        || object instanceof ThreadGroup
        || object instanceof Module;
  }

  private void addReferences(Object object) {
    if (object instanceof Object[] elements) {
      for (Object element : elements) {
        add(element);
      }
      return;
    }
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      if (type == Reference.class) {
        return; // weak
      }
      for (Field field : type.getDeclaredFields()) {
        if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
          add(value(field, object));
        }
      }
    }
  }

  private static Object value(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (InaccessibleObjectException | IllegalAccessException closed) {
      return null;
    }
  }

  private void add(Object object) {
    if (object != null && seen.size() < OBJECTS && seen.add(object)) {
      next.add(object);
    }
  }
}
