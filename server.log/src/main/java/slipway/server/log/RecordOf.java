package slipway.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import slipway.admin.LogLevel;
import slipway.admin.LogRecord;
import slipway.service.LogContext;

/** Makes records of what Logback hands over. */
final class RecordOf {

  /** Lines above which a stack trace is cut. */
  static final int MAX_STACK = 200;

  private final LongFunction<String> services;

  /**
   * Makes one.
   *
   * @param services the service that the bundle with an id provides; empty if it provides none
   */
  RecordOf(LongFunction<String> services) {
    this.services = services;
  }

  /**
   * A record without an index.
   *
   * @param event an event that is prepared for another thread
   * @param thread the id of the thread that logged it
   */
  LogRecord event(ILoggingEvent event, long thread) {
    Map<String, String> context = event.getMDCPropertyMap();
    String logger = LineFormat.field(event.getLoggerName());
    return new LogRecord(
        0,
        Instant.ofEpochMilli(event.getTimeStamp()),
        LogLevel.parse(event.getLevel().toString()).orElse(LogLevel.INFO),
        RecordType.of(logger, LineFormat.tame(service(context.get("bundle.id")))),
        connection(context.get(LogContext.CONNECTION), thread),
        logger,
        bundle(logger, context.get("bundle.name")),
        LineFormat.tame(String.valueOf(event.getFormattedMessage())),
        stack(event.getThrowableProxy()));
  }

  /** A record that the log writes of itself, without an index. */
  static LogRecord own(LogLevel level, Instant time, String message) {
    return new LogRecord(
        0, time, level, "log", "", RecordOf.class.getPackageName(), "", message, List.of());
  }

  /** What another thread has put into the context was only inherited. */
  private static String connection(String value, long thread) {
    if (value == null) {
      return "";
    }
    String[] parts = value.split("@", 2);
    return parts.length == 1 || parts[1].equals(Long.toString(thread))
        ? LineFormat.field(parts[0])
        : "";
  }

  private String service(String bundleId) {
    return bundleId == null ? "" : services.apply(Long.parseLong(bundleId));
  }

  private static String bundle(String logger, String symbolicName) {
    if (symbolicName == null) {
      return "";
    }
    String bundle = LineFormat.field(symbolicName);
    return logger.equals(bundle) || logger.startsWith(bundle + ".") ? "" : bundle;
  }

  private static List<String> stack(IThrowableProxy thrown) {
    List<String> lines = new ArrayList<>();
    String prefix = "";
    for (IThrowableProxy cause = thrown; cause != null; cause = cause.getCause()) {
      lines.add(
          prefix
              + LineFormat.tame(
                  cause.getMessage() == null
                      ? cause.getClassName()
                      : cause.getClassName() + ": " + cause.getMessage()));
      StackTraceElementProxy[] frames = cause.getStackTraceElementProxyArray();
      int own = frames == null ? 0 : frames.length - cause.getCommonFrames(); // null in a circle
      for (int i = 0; i < own && lines.size() < MAX_STACK; i++) {
        lines.add(LineFormat.tame(frames[i].getSTEAsString()));
      }
      if (lines.size() >= MAX_STACK) {
        lines.add("…");
        return lines;
      }
      prefix = "Caused by: ";
    }
    return lines;
  }
}
