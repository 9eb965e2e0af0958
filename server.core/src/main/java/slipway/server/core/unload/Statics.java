package slipway.server.core.unload;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import slipway.service.Connection;

/**
 * Which static fields of libraries lead to class loaders, and which of Netty's thread locals. A
 * class that was loaded and never used is initialized by looking.
 */
final class Statics {

  private static final int OBJECTS = 500_000;

  /** Behind these are the host, the framework with all bundles, and all connections. */
  private static final List<Class<?>> ENDS =
      List.of(
          Channel.class,
          ChannelPipeline.class,
          ChannelHandlerContext.class,
          EventLoopGroup.class,
          Connection.class,
          Bundle.class,
          BundleContext.class,
          ServiceReference.class,
          ServiceRegistration.class);

  private final Reach<Holder> reach;

  private Statics(Collection<? extends ClassLoader> loaders) {
    reach = new Reach<>(loaders, ENDS, OBJECTS);
  }

  /**
   * Searches.
   *
   * @return what holds each of the loaders that is held
   */
  static Map<ClassLoader, Set<Holder>> of(
      Collection<? extends ClassLoader> loaders, List<Living> libraries) {
    Statics statics = new Statics(loaders);
    libraries.forEach(statics::begin);
    statics.reach.search();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      Holder holder =
          Holder.of("thread " + thread.getName() + " has it in a thread local of Netty");
      for (Object value : NettyLocals.in(thread)) {
        if (!statics.reach.knows(value)) { // else a static field has led to it
          statics.reach.from(holder, value);
        }
      }
    }
    return statics.reach.search();
  }

  private void begin(Living library) {
    LoadedClasses loaded = new LoadedClasses(library.loader());
    for (String name : library.types().get()) {
      loaded.find(name).filter(type -> !type.isInterface()).ifPresent(type -> begin(library, type));
    }
  }

  private void begin(Living library, Class<?> type) {
    try {
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())
            && !field.getType().isPrimitive()
            && field.trySetAccessible()) {
          String text = library.shown() + ": static " + type.getName() + "." + field.getName();
          reach.from(new Holder(text, Holder.Kind.STATIC), field.get(null));
        }
      }
    } catch (LinkageError | IllegalAccessException incomplete) {
      // of a type that is not there, or it cannot be initialized: then it holds nothing
    }
  }
}
