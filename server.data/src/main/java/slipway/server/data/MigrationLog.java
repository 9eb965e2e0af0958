package slipway.server.data;

import io.avaje.applog.AppLog;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the migration library logs: for debugging only, whatever level it takes, as each of its
 * failures comes as an exception that the host logs in its own words.
 */
public final class MigrationLog implements AppLog.Provider {

  @Override
  public System.Logger getLogger(String name) {
    return new Quiet(LoggerFactory.getLogger(name));
  }

  @Override
  public System.Logger getLogger(String name, ResourceBundle bundle) {
    return getLogger(name);
  }

  private record Quiet(Logger log) implements System.Logger {

    @Override
    public String getName() {
      return log.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
      return log.isDebugEnabled();
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      log.debug(message, thrown);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      if (log.isDebugEnabled()) {
        log.debug(parameters == null ? format : MessageFormat.format(format, parameters));
      }
    }
  }
}
