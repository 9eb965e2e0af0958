package slipway.admin;

import java.time.Instant;
import java.util.List;

/**
 * One record of the host's log.
 *
 * @param index its number since the host started, from 1; each is given once
 * @param time when it was logged, in milliseconds
 * @param level its level
 * @param type which part of the host spoke: {@code core}, {@code acceptor}, {@code account}, {@code
 *     config}, {@code data}, {@code deploy}, {@code shell}, {@code log}, {@code service/NAME},
 *     {@code network}, {@code framework} or {@code other}
 * @param connection the id of the connection that it is about; empty if it is about none
 * @param logger the logger's name
 * @param bundle the symbolic name of the bundle that logged it; empty if it is unknown, or if the
 *     logger's name begins with it
 * @param message one line without control characters
 * @param stack the lines of the stack trace; empty if there is none
 */
public record LogRecord(
    long index,
    Instant time,
    LogLevel level,
    String type,
    String connection,
    String logger,
    String bundle,
    String message,
    List<String> stack) {

  /** Copies the list. */
  public LogRecord {
    stack = List.copyOf(stack);
  }
}
