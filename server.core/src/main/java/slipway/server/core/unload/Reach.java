package slipway.server.core.unload;

import io.netty.util.concurrent.FastThreadLocal;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Which objects lead to class loaders, over strong references and a few steps: what is farther away
 * is the whole host. Fields that are closed are passed over, but collections are asked for what
 * they have. For one search; not thread-safe.
 *
 * @param <R> what the objects are known by that the search begins with
 */
final class Reach<R> {

  private static final int STEPS = 10;

  /** How many are looked at, unless it is said otherwise. */
  static final int OBJECTS = 20_000;

  /** These lead to everything, and are looked at as such. */
  private static final List<Class<?>> ENDS =
      List.of(Class.class, ClassLoader.class, Thread.class, ThreadGroup.class, Module.class);

  private final Set<ClassLoader> loaders = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Class<?>> ends = new ArrayList<>(ENDS);
  private final int objects;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Queue<Step<R>> next = new ArrayDeque<>();
  private final Map<Class<?>, List<Field>> fields = new HashMap<>();
  private final Map<ClassLoader, Set<R>> found = new IdentityHashMap<>();
  private int left;

  private record Step<R>(Object object, R root) {}

  /**
   * Makes a search that has not begun.
   *
   * @param ends where else the way ends
   * @param objects how many are looked at, at the most, in each search
   */
  Reach(Collection<? extends ClassLoader> loaders, List<Class<?>> ends, int objects) {
    this.loaders.addAll(loaders);
    this.ends.addAll(ends);
    this.objects = objects;
    this.left = objects;
  }

  /** Whether an object leads to a class loader. */
  static boolean to(ClassLoader loader, Object from) {
    Reach<String> reach = new Reach<>(List.of(loader), List.of(), OBJECTS);
    reach.from("", from);
    return !reach.search().isEmpty();
  }

  /** Begins with an object, too; null is none. */
  void from(R root, Object object) {
    if (object == null) {
      return;
    }
    ClassLoader loader = loader(object);
    if (loader != null && loaders.contains(loader)) {
      seen.add(object);
      found.computeIfAbsent(loader, any -> new LinkedHashSet<>()).add(root);
    } else if (left > 0 && !isEnd(object) && seen.add(object)) {
      left--;
      next.add(new Step<>(object, root));
    }
  }

  /** Whether the search has come to an object. */
  boolean knows(Object object) {
    return seen.contains(object);
  }

  private static ClassLoader loader(Object object) {
    return switch (object) {
      case ClassLoader loader -> loader;
      case Class<?> type -> type.getClassLoader();
      default -> object.getClass().getClassLoader();
    };
  }

  private boolean isEnd(Object object) {
    return ends.stream().anyMatch(end -> end.isInstance(object));
  }

  /**
   * Continues from the objects that it began with.
   *
   * @return those that lead to each loader; of two that share what leads there, the nearer one
   */
  Map<ClassLoader, Set<R>> search() {
    for (int step = 0; step < STEPS && !next.isEmpty(); step++) {
      for (int count = next.size(); count > 0; count--) {
        Step<R> one = next.remove();
        references(one.object()).forEach(object -> from(one.root(), object));
      }
    }
    next.clear();
    left = objects;
    return found;
  }

  private List<Object> references(Object object) {
    List<Object> references = new ArrayList<>();
    switch (object) {
      case Object[] elements -> Collections.addAll(references, elements);
      case FastThreadLocal<?> local -> references.addAll(NettyLocals.of(local));
      case AtomicReference<?> reference -> references.add(reference.get());
      case Map<?, ?> map -> {
        if (!(map instanceof WeakHashMap)) {
          addAll(references, map, "keySet", map::keySet);
        }
        addAll(references, map, "values", map::values);
        addFields(references, map);
      }
      case Collection<?> collection -> {
        addAll(references, collection, "iterator", () -> collection);
        addFields(references, collection);
      }
      default -> addFields(references, object);
    }
    return references;
  }

  /** As the JDK lists them, not as others do, if that does not block. */
  private static void addAll(
      List<Object> references, Object whole, String method, Supplier<Collection<?>> parts) {
    try {
      Class<?> type = whole.getClass();
      Class<?> lists = type.getMethod(method).getDeclaringClass();
      boolean jdk = isJdk(type) || isJdk(lists) && !lists.getSimpleName().startsWith("Abstract");
      if (jdk && !isClosed(whole)) {
        Collections.addAll(references, parts.get().toArray());
      }
    } catch (ReflectiveOperationException | LinkageError | RuntimeException hidden) {
      // it changes just now, or is a view of what cannot be listed
    }
  }

  private static boolean isJdk(Class<?> type) {
    return type.getClassLoader() == null;
  }

  /** What locks, and what hides whether others do, or hold their elements weakly. */
  private static boolean isClosed(Object whole) {
    return whole instanceof BlockingQueue
        || whole instanceof Vector
        || whole instanceof Hashtable
        || whole.getClass().getName().startsWith("java.util.Collections$");
  }

  private void addFields(List<Object> references, Object object) {
    for (Field field : fields.computeIfAbsent(object.getClass(), Reach::fields)) {
      try {
        references.add(field.get(object));
      } catch (IllegalAccessException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }

  private static List<Field> fields(Class<?> of) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> type = of; type != null && type != Reference.class; type = type.getSuperclass()) {
      for (Field field : declared(type)) {
        if (!field.getType().isPrimitive()
            && !Modifier.isStatic(field.getModifiers())
            && field.trySetAccessible()) {
          fields.add(field);
        }
      }
    }
    return fields; // a reference is weak, and what extends it is not
  }

  private static Field[] declared(Class<?> type) {
    try {
      return type.getDeclaredFields();
    } catch (LinkageError incomplete) { // a field of a type that is not there
      return new Field[0];
    }
  }
}
