package slipway.service;

import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Says which connection a record of the log is about. Methods may be called from any thread, and
 * hold for what that thread logs.
 */
public final class LogContext {

  /**
   * The key of SLF4J's MDC under which the log looks for a connection's id. Behind {@code @} may
   * stand the id of the thread that put it there: threads inherit what is in the MDC of the one
   * that starts them, and their records would carry that connection for ever.
   */
  public static final String CONNECTION = "connection";

  /**
   * A record that the log writes each time, also when one that is the same came just before; others
   * are counted then. For loggers that bound the number of such records themselves, and whose
   * readers count lines.
   */
  public static final Marker EACH = MarkerFactory.getMarker("slipway.each");

  private LogContext() {}

  /**
   * Logs about a connection. A {@link slipway.stream.StreamService} need not call this: everything
   * that its thread logs is about its connection.
   *
   * @param connection what it is about
   * @param logging calls a logger
   */
  public static void about(Connection connection, Runnable logging) {
    String before = MDC.get(CONNECTION);
    MDC.put(CONNECTION, connection.id() + "@" + Thread.currentThread().threadId());
    try {
      logging.run();
    } finally {
      if (before == null) {
        MDC.remove(CONNECTION);
      } else {
        MDC.put(CONNECTION, before);
      }
    }
  }
}
