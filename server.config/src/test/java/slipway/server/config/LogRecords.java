package slipway.server.config;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What this bundle has logged. */
final class LogRecords extends Handler implements AutoCloseable {

  private static final Logger LOGGER = Logger.getLogger("slipway.server.config");

  private final List<String> records = new CopyOnWriteArrayList<>();
  private final Runnable onRecord;

  LogRecords(Runnable onRecord) {
    this.onRecord = onRecord;
    LOGGER.setUseParentHandlers(false);
    LOGGER.addHandler(this);
  }

  /** The records at WARN and above, as "LEVEL text". */
  List<String> problems() {
    return records.stream().filter(record -> !record.startsWith("INFO")).toList();
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record.getLevel() + " " + new SimpleFormatter().formatMessage(record));
    onRecord.run();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    LOGGER.removeHandler(this);
  }
}
