package slipway.launcher;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * The operating system's signals.
 *
 * <p>Java's only way to them is {@code sun.misc.Signal}, which is unsupported, and the compiler's
 * warning about it cannot be suppressed. So it is called by reflection.
 */
final class Signals {

  private Signals() {}

  /**
   * Takes a signal over from Java, which would end the process. It stays Java's if options of the
   * virtual machine keep it, and stays ignored if the process was started so.
   *
   * @param name its name without {@code SIG}
   * @param handler called for each arrival, on a thread of its own
   * @return gives the signal back to its former handler
   */
  static Runnable handle(String name, Consumer<Arrival> handler) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      int number = (int) signalType.getMethod("getNumber").invoke(signal);
      Arrival arrival = new Arrival("SIG" + name, number);
      Method handle = signalType.getMethod("handle", signalType, handlerType);
      Object before =
          handle.invoke(null, signal, proxy(handlerType, () -> handler.accept(arrival)));
      return () -> giveBack(handle, signal, before);
    } catch (InvocationTargetException keptByTheVirtualMachine) {
      return () -> {}; // as with -Xrs: the signal does what it does without us
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java knows no signals", e);
    }
  }

  private static void giveBack(Method handle, Object signal, Object before) {
    try {
      handle.invoke(null, signal, before);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a signal cannot be given back", e);
    }
  }

  private static Object proxy(Class<?> handlerType, Runnable arrived) {
    InvocationHandler invocation =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "handle" -> {
                arrived.run();
                yield null;
              }
              case "equals" -> proxy == arguments[0];
              case "hashCode" -> System.identityHashCode(proxy);
              default -> "slipway's handler";
            };
    return Proxy.newProxyInstance(
        handlerType.getClassLoader(), new Class<?>[] {handlerType}, invocation);
  }

  /**
   * A signal that has arrived.
   *
   * @param name its name, such as {@code SIGTERM}
   * @param number its number
   */
  record Arrival(String name, int number) {

    @Override
    public String toString() {
      return name;
    }

    /** The exit code by which a shell sees that this signal has ended the process. */
    int exitCode() {
      return 128 + number;
    }
  }
}
