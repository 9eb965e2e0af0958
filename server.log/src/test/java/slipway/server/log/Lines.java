package slipway.server.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import slipway.admin.LogLevel;
import slipway.admin.LogQuery;
import slipway.admin.LogRecord;

/** Records and files for tests. */
final class Lines {

  static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  private Lines() {}

  static LogRecord record(String message, String... stack) {
    return new LogRecord(
        0, TIME, LogLevel.INFO, "core", "", "slipway.x.Y", "", message, List.of(stack));
  }

  static LogQuery last(int count) {
    return new LogQuery(count, LogLevel.TRACE, "", Instant.EPOCH);
  }

  static List<String> of(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
