package slipway.server.core.deploy;

import static java.util.concurrent.TimeUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.logging.Handler;
import java.util.logging.Logger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each thing that is left behind on purpose is found, and gone when it is taken away. */
@Timeout(60)
class HoldersTest {

  /** Has classes of its own, as each version has. */
  private static final class Version extends ClassLoader {
    Version() {
      super(Leaves.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(Leaves.class.getName())) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException unreadable) {
        throw new ClassNotFoundException(name, unreadable);
      }
    }
  }

  private final Version loader = new Version();
  private final Holders holders = new Holders(any -> List.of(), classes -> List.of());

  private <T> T left(Class<T> type, Class<?> implementation) throws Exception {
    Class<?> own = loader.loadClass(implementation.getName());
    assertThat(own).isNotSameAs(implementation);
    return type.cast(own.getConstructor().newInstance());
  }

  private List<String> held() {
    return holders.of(loader, Path.of("no.jar"));
  }

  @Test
  void nothingIsHeldByALoaderThatLeftNothing() throws Exception {
    left(Runnable.class, Leaves.Task.class).run();
    assertThat(held()).isEmpty();
  }

  @Test
  void aThreadLocal() throws Exception {
    ThreadLocal<Object> local = new ThreadLocal<>();
    Object value = left(Object.class, Leaves.Task.class);
    whileAThread(() -> local.set(value), () -> assertThat(held()).contains(name("a thread local")));
    assertThat(held()).isEmpty();
  }

  @Test
  void aThreadLocalThatIsInherited() throws Exception {
    InheritableThreadLocal<Object> local = new InheritableThreadLocal<>();
    Object value = left(Object.class, Leaves.Task.class);
    whileAThread(
        () -> local.set(value),
        () -> assertThat(held()).contains(name("an inheritable thread local")));
    assertThat(held()).isEmpty();
  }

  private static String name(String kind) {
    return "thread left-thread has it in " + kind;
  }

  private static void whileAThread(Runnable leave, Runnable check) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread thread =
        Thread.ofPlatform()
            .name("left-thread")
            .start(
                () -> {
                  leave.run();
                  done.countDown();
                  awaitEnd(end);
                });
    done.await();
    try {
      check.run();
    } finally {
      end.countDown();
      thread.join();
    }
  }

  private static void awaitEnd(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aHandlerOfUncaughtExceptions() throws Exception {
    Thread.UncaughtExceptionHandler handler =
        left(Thread.UncaughtExceptionHandler.class, Leaves.Task.class);
    whileAThread(
        () -> Thread.currentThread().setUncaughtExceptionHandler(handler),
        () ->
            assertThat(held())
                .contains("thread left-thread has its handler of uncaught exceptions"));
    Thread.setDefaultUncaughtExceptionHandler(handler);
    assertThat(held()).contains("the default handler of uncaught exceptions is its own");
    Thread.setDefaultUncaughtExceptionHandler(null);
    assertThat(held()).isEmpty();
  }

  @Test
  void aTimer() throws Exception {
    Timer timer = new Timer("left-timer", true);
    TimerTask task = left(TimerTask.class, Leaves.Task.class);
    timer.schedule(task, HOURS.toMillis(1));
    assertThat(held()).containsExactly("timer thread left-timer has a task of it");
    task.cancel();
    timer.purge();
    assertThat(held()).isEmpty();
    timer.cancel();
  }

  @Test
  void aScheduledTask() throws Exception {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "left-executor"));
    executor.setRemoveOnCancelPolicy(true);
    try {
      var task = executor.schedule(left(Runnable.class, Leaves.Task.class), 1, HOURS);
      assertThat(held()).containsExactly("thread left-executor has it among its tasks");
      task.cancel(false);
      assertThat(held()).isEmpty();
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void aShutdownHook() throws Exception {
    Thread hook = new Thread(left(Runnable.class, Leaves.Task.class), "left-hook");
    Runtime.getRuntime().addShutdownHook(hook);
    assertThat(held()).containsExactly("shutdown hook left-hook is registered");
    Runtime.getRuntime().removeShutdownHook(hook);
    assertThat(held()).isEmpty();
  }

  @Test
  void aJdbcDriver() throws Exception {
    AutoCloseable driver = left(AutoCloseable.class, Leaves.JdbcDriver.class);
    assertThat(held())
        .containsExactly("JDBC driver " + driver.getClass().getName() + " is registered");
    driver.close();
    assertThat(held()).isEmpty();
  }

  @Test
  void anMBean() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("left:type=bean");
    beans.registerMBean(left(Object.class, Leaves.Bean.class), name);
    assertThat(held()).containsExactly("MBean left:type=bean is registered");
    beans.unregisterMBean(name);
    assertThat(held()).isEmpty();
  }

  @Test
  void aLogHandler() throws Exception {
    Logger logger = Logger.getLogger("left.logger");
    Handler handler = left(Handler.class, Leaves.LogHandler.class);
    logger.addHandler(handler);
    assertThat(held())
        .containsExactly("java.util.logging has its handler at the logger \"left.logger\"");
    logger.removeHandler(handler);
    assertThat(held()).isEmpty();
  }

  @Test
  void aSecurityProvider() throws Exception {
    Security.addProvider(left(Provider.class, Leaves.SecurityProvider.class));
    assertThat(held()).containsExactly("security provider left-provider is registered");
    Security.removeProvider("left-provider");
    assertThat(held()).isEmpty();
  }
}
