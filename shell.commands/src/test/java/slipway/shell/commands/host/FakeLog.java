package slipway.shell.commands.host;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import slipway.admin.LogAdmin;
import slipway.admin.LogLevel;
import slipway.admin.LogQuery;
import slipway.admin.LogRecord;

/** A log without files: shows what a test puts there and remembers what was asked for. */
final class FakeLog implements LogAdmin {

  final List<LogRecord> records = new ArrayList<>();
  final List<LogRecord> later = new ArrayList<>();
  final List<String> calls = new ArrayList<>();
  LogQuery query;

  static LogRecord record(long index, String connection, String message, String... stack) {
    return new LogRecord(
        index,
        Instant.parse("2026-01-02T03:04:05.678Z"),
        LogLevel.WARN,
        "core",
        connection,
        "slipway.server.core.X",
        "",
        message,
        List.of(stack));
  }

  @Override
  public List<LogRecord> records(LogQuery asked) {
    query = asked;
    return List.copyOf(records);
  }

  @Override
  public Following follow(LogQuery asked) {
    Queue<LogRecord> all = new ArrayDeque<>(records(asked));
    all.addAll(later);
    return new Following() {
      @Override
      public Optional<LogRecord> next() {
        return Optional.ofNullable(all.poll());
      }

      @Override
      public void close() {
        calls.add("closed");
      }
    };
  }

  @Override
  public Extent extent() {
    return new Extent(2, 1234);
  }

  @Override
  public Extent clear() {
    calls.add("clear");
    return extent();
  }

  @Override
  public List<LoggerLevel> levels() {
    return List.of(
        new LoggerLevel("ROOT", LogLevel.INFO, false),
        new LoggerLevel("slipway", LogLevel.DEBUG, true));
  }

  @Override
  public void setLevel(String logger, Optional<LogLevel> level) {
    calls.add(logger + " " + level.map(Enum::name).orElse("as configured"));
  }
}
