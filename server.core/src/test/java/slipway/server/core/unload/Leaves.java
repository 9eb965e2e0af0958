package slipway.server.core.unload;

import java.net.Authenticator;
import java.security.Provider;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.management.Notification;
import javax.management.NotificationListener;

/** What a version can leave behind; loaded by a class loader of its own. */
final class Leaves {

  private Leaves() {}

  public static final class Task extends TimerTask implements Thread.UncaughtExceptionHandler {
    @Override
    public void run() {}

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {}
  }

  /** What a management bean shows. */
  public interface BeanMBean {
    /** A number. */
    int getNumber();
  }

  public static final class Bean implements BeanMBean, Runnable {
    @Override
    public void run() {}

    @Override
    public int getNumber() {
      return 7;
    }
  }

  public static final class Listener implements NotificationListener {
    @Override
    public void handleNotification(Notification notification, Object back) {}
  }

  public static final class Login extends Authenticator {}

  /** Waits in its code, for a latch to be given and another one. */
  public static final class Waiter implements BiConsumer<CountDownLatch, CountDownLatch> {
    @Override
    public void accept(CountDownLatch there, CountDownLatch end) {
      there.countDown();
      try {
        end.await();
      } catch (InterruptedException ending) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The same, in another class. */
  public static final class LaterWaiter implements BiConsumer<CountDownLatch, CountDownLatch> {
    @Override
    public void accept(CountDownLatch there, CountDownLatch end) {
      new Waiter().accept(there, end);
    }
  }

  /** Does what is in another class than itself, as a lambda. */
  public static final class Lambda implements Supplier<Runnable> {
    @Override
    public Runnable get() {
      return () -> hashCode();
    }
  }

  public static final class LogHandler extends Handler {
    @Override
    public void publish(LogRecord record) {}

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  public static final class SecurityProvider extends Provider {
    private static final long serialVersionUID = 1;

    public SecurityProvider() {
      super("left-provider", "1.0", "none");
    }
  }

  /** Registers itself and takes itself away, as the JDK asks for the class of who calls. */
  public static final class JdbcDriver implements Driver, AutoCloseable {
    public JdbcDriver() throws SQLException {
      DriverManager.registerDriver(this);
    }

    @Override
    public void close() throws SQLException {
      DriverManager.deregisterDriver(this);
    }

    @Override
    public Connection connect(String url, Properties info) {
      return null;
    }

    @Override
    public boolean acceptsURL(String url) {
      return false;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }
}
