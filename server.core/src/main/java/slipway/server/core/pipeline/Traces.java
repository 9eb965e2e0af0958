package slipway.server.core.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.util.Attribute;
import io.netty.util.DefaultAttributeMap;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import slipway.net.Dispatcher;
import slipway.net.Transport;
import slipway.service.Connection;

/**
 * Finds what a version of a service has left, by its class loader: objects of its classes, its
 * lambdas among them, that handlers of other bundles, attributes of a channel or others hold.
 */
public final class Traces {

  /** What a handler holds of a service is near to it; a cache that it uses may hold a million. */
  private static final int MAX_OBJECTS = 1000;

  /** Most of what is looked at holds nothing, and there may be much of it. */
  private static final int FEW = 4;

  private static final VarHandle ATTRIBUTES;

  /**
   * Where the way ends: behind these are the host, the framework with all bundles, other
   * connections, or nothing of a service.
   */
  private static final List<Class<?>> ENDS =
      List.of(
          ChannelHandlerContext.class,
          ChannelPipeline.class,
          Channel.class,
          EventExecutorGroup.class,
          Future.class,
          ByteBuf.class,
          Connection.class,
          Dispatcher.class,
          Transport.class,
          Reference.class,
          Thread.class,
          Bundle.class,
          BundleContext.class,
          ServiceReference.class,
          ServiceRegistration.class,
          ClassLoader.class,
          Class.class);

  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          return fields(type);
        }
      };

  static {
    try {
      Class<?> array =
          Class.forName(
              "[Lio.netty.util.DefaultAttributeMap$DefaultAttribute;",
              false,
              DefaultAttributeMap.class.getClassLoader());
      ATTRIBUTES =
          MethodHandles.privateLookupIn(DefaultAttributeMap.class, MethodHandles.lookup())
              .findVarHandle(DefaultAttributeMap.class, "attributes", array);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final ClassLoader loader;
  private final Predicate<Class<?>> others;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>(FEW));
  private final Queue<Object> next = new ArrayDeque<>(FEW);

  private Traces(ClassLoader loader) {
    this(loader, type -> false);
  }

  private Traces(ClassLoader loader, Predicate<Class<?>> others) {
    this.loader = loader;
    this.others = others;
  }

  /**
   * Whether a handler is of a class loader's class, or holds an object of one. From a thread that
   * is not the channel's, an answer may be of a moment ago.
   *
   * @return the class; empty if there is none
   */
  public static Optional<Class<?>> of(ClassLoader loader, ChannelHandler handler) {
    return Optional.ofNullable(new Traces(loader).find(handler));
  }

  /** Whether an object is of a class loader's class, or holds an object of one. */
  static boolean isIn(ClassLoader loader, Object object) {
    return new Traces(loader).find(object) != null;
  }

  /**
   * Whether an object is of a class loader's class, or holds an object of one.
   *
   * @param others whose objects are not looked into
   */
  static boolean isIn(ClassLoader loader, Object object, Predicate<Class<?>> others) {
    return new Traces(loader, others).find(object) != null;
  }

  /** The attributes of a channel that have a class loader's objects as their values, or in them. */
  public static List<String> attributes(ClassLoader loader, Channel channel) {
    return held(loader, channel).stream().map(attribute -> attribute.key().name()).toList();
  }

  /**
   * Clears these attributes.
   *
   * @return their names
   */
  public static List<String> clearAttributes(ClassLoader loader, Channel channel) {
    List<Attribute<?>> held = held(loader, channel);
    held.forEach(attribute -> attribute.set(null));
    return held.stream().map(attribute -> attribute.key().name()).toList();
  }

  private static List<Attribute<?>> held(ClassLoader loader, Channel channel) {
    List<Attribute<?>> found = new ArrayList<>();
    if (channel instanceof DefaultAttributeMap map) {
      Object attributes = ATTRIBUTES.getVolatile(map);
      for (int index = 0; index < Array.getLength(attributes); index++) {
        if (Array.get(attributes, index) instanceof Attribute<?> attribute
            && new Traces(loader).find(attribute.get()) != null) {
          found.add(attribute);
        }
      }
    }
    return found;
  }

  /** Looks at what is near first, and not at more than is worth it. */
  private Class<?> find(Object root) {
    add(root);
    for (int looked = 0; looked < MAX_OBJECTS && !next.isEmpty(); looked++) {
      Object value = next.remove();
      Class<?> type = value.getClass();
      if (elementType(type).getClassLoader() == loader) {
        return type;
      }
      if (!others.test(type)) {
        addHeldBy(value, type);
      }
    }
    return null;
  }

  private void add(Object value) {
    if (value != null && seen.add(value)) {
      next.add(value);
    }
  }

  private void addHeldBy(Object value, Class<?> type) {
    switch (value) {
      case Map<?, ?> map when isJdk(type) -> {
        addAll(map::keySet);
        addAll(map::values);
      }
      case Collection<?> collection when isJdk(type) -> addAll(() -> collection);
      case Object[] array -> addAll(() -> Arrays.asList(array));
      case Optional<?> optional -> add(optional.orElse(null));
      case AtomicReference<?> reference -> add(reference.get());
      default -> addFields(value);
    }
  }

  private void addAll(Supplier<Collection<?>> values) {
    try {
      Iterator<?> all = values.get().iterator();
      for (int added = 0; added < MAX_OBJECTS && all.hasNext(); added++) {
        add(all.next());
      }
    } catch (RuntimeException hidden) { // it changes, or is a view of what cannot be listed
      return;
    }
  }

  private void addFields(Object value) {
    for (Class<?> type = value.getClass();
        type != null && !isJdk(type);
        type = type.getSuperclass()) {
      for (Field field : FIELDS.get(type)) {
        try {
          add(field.get(value));
        } catch (IllegalAccessException impossible) {
          throw new AssertionError(impossible);
        }
      }
    }
  }

  private static Class<?> elementType(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return element;
  }

  private static boolean isJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  private static List<Field> fields(Class<?> type) {
    if (ENDS.stream().anyMatch(end -> end.isAssignableFrom(type))) {
      return List.of();
    }
    List<Field> fields = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())
          && !field.getType().isPrimitive()
          && field.trySetAccessible()) {
        fields.add(field);
      }
    }
    return List.copyOf(fields);
  }
}
