package slipway.server.core.unload;

import static java.util.concurrent.TimeUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.management.ManagementFactory;
import java.net.Authenticator;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.logging.Handler;
import java.util.logging.Logger;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each thing that is left behind on purpose is found, and gone when it is taken away. */
@Timeout(60)
class HoldersTest {

  private final OwnClasses loader = new OwnClasses(Leaves.class);
  private final Holders holders = new Holders(any -> List.of(), Map::of, List::of);

  private <T> T left(Class<T> type, Class<?> implementation) throws Exception {
    return type.cast(loader.make(implementation));
  }

  private List<String> held() {
    return holders.of(Map.of(loader, "left 1.0.0"), Set.of()).get(loader).stream()
        .map(Holder::text)
        .toList();
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
  void anMBeanThatIsWrapped() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("left:type=wrapped");
    Object bean = left(Object.class, Leaves.Bean.class);
    beans.registerMBean(new StandardMBean((Runnable) bean, Runnable.class, true), name);
    assertThat(held()).containsExactly("MBean left:type=wrapped is registered");
    beans.unregisterMBean(name);
    assertThat(held()).isEmpty();
  }

  @Test
  void aListenerOfAnMBean() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName delegate = MBeanServerDelegate.DELEGATE_NAME;
    ObjectName memory = new ObjectName(ManagementFactory.MEMORY_MXBEAN_NAME);
    NotificationListener listener = left(NotificationListener.class, Leaves.Listener.class);
    for (ObjectName name : List.of(delegate, memory)) {
      beans.addNotificationListener(name, listener, null, null);
      assertThat(held()).containsExactly("MBean " + name + " has a listener of it");
      beans.removeNotificationListener(name, listener);
      assertThat(held()).isEmpty();
    }
  }

  @Test
  void whatAListenerOfAnMBeanIsGivenBack() throws Exception {
    NotificationEmitter memory = (NotificationEmitter) ManagementFactory.getMemoryMXBean();
    NotificationListener listener = (notification, back) -> {};
    memory.addNotificationListener(listener, null, left(Object.class, Leaves.Task.class));
    assertThat(held())
        .containsExactly("MBean " + ManagementFactory.MEMORY_MXBEAN_NAME + " has a listener of it");
    memory.removeNotificationListener(listener);
    assertThat(held()).isEmpty();
  }

  @Test
  void aThreadLocalOfNetty() throws Exception {
    FastThreadLocal<Object> local = new FastThreadLocal<>();
    Object value = left(Object.class, Leaves.Task.class);
    CountDownLatch done = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread thread =
        new FastThreadLocalThread(
            () -> {
              local.set(new Object[] {value});
              done.countDown();
              awaitEnd(end);
              local.remove();
            },
            "left-netty");
    thread.start();
    done.await();
    try {
      assertThat(held()).contains("thread left-netty has it in a thread local of Netty");
    } finally {
      end.countDown();
      thread.join();
    }
    assertThat(held()).isEmpty();
  }

  @Test
  void theDefaultAuthenticator() throws Exception {
    Authenticator.setDefault(left(Authenticator.class, Leaves.Login.class));
    try {
      assertThat(held()).containsExactly("the default java.net.Authenticator is its own");
    } finally {
      Authenticator.setDefault(null);
    }
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
