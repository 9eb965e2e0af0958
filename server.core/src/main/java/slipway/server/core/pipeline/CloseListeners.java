package slipway.server.core.pipeline;

import io.netty.channel.Channel;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The listeners to the close of a channel, which Netty does not list, except those from before a
 * service knew of the channel: these are the host's, and from the host there is a way to
 * everything.
 *
 * <p>May be used from any thread.
 */
public final class CloseListeners {

  private static final VarHandle ONE;
  private static final VarHandle MANY;
  private static final VarHandle LIST;

  static {
    try {
      ClassLoader netty = DefaultPromise.class.getClassLoader();
      Class<?> many =
          Class.forName("io.netty.util.concurrent.DefaultFutureListeners", false, netty);
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      MethodHandles.Lookup promise = MethodHandles.privateLookupIn(DefaultPromise.class, lookup);
      ONE = promise.findVarHandle(DefaultPromise.class, "listener", GenericFutureListener.class);
      MANY = promise.findVarHandle(DefaultPromise.class, "listeners", many);
      LIST =
          MethodHandles.privateLookupIn(many, lookup)
              .findVarHandle(many, "listeners", GenericFutureListener[].class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final Channel channel;
  private final List<GenericFutureListener<? extends Future<? super Void>>> host;

  /**
   * Notes the listeners of now.
   *
   * @param channel that no service knows of yet
   */
  public CloseListeners(Channel channel) {
    this.channel = channel;
    this.host = List.copyOf(of(channel));
  }

  /** How many of them are, or hold, objects of a class loader. */
  public int count(ClassLoader loader) {
    return holding(loader).size();
  }

  /**
   * Removes them.
   *
   * @return how many there were
   */
  public int remove(ClassLoader loader) {
    List<GenericFutureListener<? extends Future<? super Void>>> found = holding(loader);
    found.forEach(channel.closeFuture()::removeListener);
    return found.size();
  }

  private List<GenericFutureListener<? extends Future<? super Void>>> holding(ClassLoader loader) {
    List<GenericFutureListener<? extends Future<? super Void>>> found = of(channel);
    found.removeIf(one -> isHosts(one) || !Traces.isIn(loader, one));
    return found;
  }

  private boolean isHosts(Object listener) {
    return host.stream().anyMatch(one -> one == listener);
  }

  private static List<GenericFutureListener<? extends Future<? super Void>>> of(Channel channel) {
    List<GenericFutureListener<? extends Future<? super Void>>> listeners = new ArrayList<>();
    if (channel.closeFuture() instanceof DefaultPromise<?> promise) {
      synchronized (promise) { // as Netty does when it changes them
        add(ONE.get(promise), listeners);
        Object many = MANY.get(promise);
        if (many != null) {
          Arrays.stream((Object[]) LIST.get(many)).forEach(one -> add(one, listeners));
        }
      }
    }
    listeners.removeIf(Objects::isNull);
    return listeners;
  }

  @SuppressWarnings("unchecked") // a listener to a close has declared that it takes one
  private static void add(
      Object listener, List<GenericFutureListener<? extends Future<? super Void>>> to) {
    to.add((GenericFutureListener<? extends Future<? super Void>>) listener);
  }
}
