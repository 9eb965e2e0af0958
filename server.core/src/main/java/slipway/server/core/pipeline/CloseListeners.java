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

/** Who listens to the close of a channel, which Netty does not tell. */
final class CloseListeners {

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

  private CloseListeners() {}

  /** Those of this moment; may be called from any thread. */
  static List<GenericFutureListener<? extends Future<? super Void>>> of(Channel channel) {
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

  @SuppressWarnings("unchecked") // who listens to a close has said that it takes one
  private static void add(
      Object listener, List<GenericFutureListener<? extends Future<? super Void>>> to) {
    to.add((GenericFutureListener<? extends Future<? super Void>>) listener);
  }
}
