package slipway.server.core.deploy;

import java.security.Provider;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.TimerTask;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

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

  public static final class Bean implements BeanMBean {
    @Override
    public int getNumber() {
      return 7;
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
