package slipway.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import slipway.admin.AdminException;
import slipway.admin.LogAdmin.LoggerLevel;
import slipway.admin.LogLevel;

/** The levels of Logback's loggers, and what they were before they were set here. */
final class Levels {

  private static final Pattern NAME = Pattern.compile("[\\w$-]+(\\.[\\w$-]+)*");
  private static final int MAX_NAME = 200;

  private final LoggerContext context;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Optional<Level>> before = new TreeMap<>();

  Levels(LoggerContext context) {
    this.context = context;
  }

  List<LoggerLevel> all() {
    lock.lock();
    try {
      return context.getLoggerList().stream()
          .filter(logger -> logger.getLevel() != null)
          .map(
              logger ->
                  new LoggerLevel(
                      logger.getName(),
                      LogLevel.parse(logger.getLevel().toString()).orElse(LogLevel.TRACE),
                      before.containsKey(logger.getName())))
          .sorted(
              Comparator.comparing((LoggerLevel each) -> !each.logger().equals(rootName()))
                  .thenComparing(LoggerLevel::logger))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  void set(String name, Optional<LogLevel> level) throws AdminException {
    if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
      throw new AdminException(
          "logger "
              + LineFormat.tame(name.substring(0, Math.min(name.length(), MAX_NAME)))
              + ": allowed is ROOT, or a name such as slipway.server.core, of at most "
              + MAX_NAME
              + " characters");
    }
    lock.lock();
    try {
      Logger logger = context.getLogger(name.equalsIgnoreCase(rootName()) ? rootName() : name);
      if (level.isPresent()) {
        before.putIfAbsent(logger.getName(), Optional.ofNullable(logger.getLevel()));
        logger.setLevel(Level.toLevel(level.get().name()));
      } else {
        Optional<Level> configured = before.remove(logger.getName());
        if (configured != null) {
          logger.setLevel(configured.orElse(null));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private static String rootName() {
    return org.slf4j.Logger.ROOT_LOGGER_NAME;
  }
}
