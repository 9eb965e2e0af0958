package slipway.server.data;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What has been logged by anybody, at any level. */
final class LogRecords extends Handler implements AutoCloseable {

  private static final Logger ROOT = Logger.getLogger("");

  private final List<String> records = new CopyOnWriteArrayList<>();
  private final Level before = ROOT.getLevel();
  private final Handler[] others = ROOT.getHandlers();

  LogRecords() {
    for (Handler other : others) {
      ROOT.removeHandler(other);
    }
    setLevel(Level.ALL);
    ROOT.setLevel(Level.FINE);
    ROOT.addHandler(this);
  }

  /** All records, with their exceptions. */
  List<String> all() {
    return records;
  }

  /** What operators read: the records of this bundle at INFO and above, as "LEVEL text". */
  List<String> ofTheHost() {
    return records.stream()
        .filter(record -> record.startsWith("slipway.server.data"))
        .map(record -> record.substring(record.indexOf(' ') + 1))
        .filter(record -> !record.startsWith("FINE"))
        .toList();
  }

  @Override
  public void publish(LogRecord record) {
    StringBuilder text = new StringBuilder(String.valueOf(record.getLoggerName()));
    text.append(' ').append(record.getLevel()).append(' ');
    text.append(new SimpleFormatter().formatMessage(record));
    for (Throwable thrown = record.getThrown(); thrown != null; thrown = thrown.getCause()) {
      text.append(" | ").append(thrown);
    }
    records.add(text.toString());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    ROOT.removeHandler(this);
    ROOT.setLevel(before);
    for (Handler other : others) {
      ROOT.addHandler(other);
    }
  }
}
