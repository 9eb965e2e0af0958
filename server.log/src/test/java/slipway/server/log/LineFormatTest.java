package slipway.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.admin.LogLevel;
import slipway.admin.LogRecord;

class LineFormatTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

  @Test
  void aRecordIsOneLineAndTheLineIsTheRecord() {
    LogRecord record =
        new LogRecord(
            42,
            Lines.TIME,
            LogLevel.WARN,
            "service/echo",
            "25",
            "org.example.Echo",
            "my.bundle",
            "connection 25 (echo): closed, as its service failed",
            List.of(
                "java.lang.IllegalStateException: odd", "at org.example.Echo.read(Echo.java:7)"));
    String line = LineFormat.line(record, ZONE);
    assertThat(line)
        .isEqualTo(
            "2026-01-02T04:04:05.678+01:00 WARN  42 service/echo 25 org.example.Echo@my.bundle"
                + " connection 25 (echo): closed, as its service failed\t"
                + "java.lang.IllegalStateException: odd | at org.example.Echo.read(Echo.java:7)");
    assertThat(LineFormat.record(line)).contains(record);
  }

  @Test
  void whatARecordLacksIsABlankField() {
    LogRecord record = Lines.record("");
    String line = LineFormat.line(record, ZONE);
    assertThat(line).endsWith("INFO  0 core - slipway.x.Y ");
    assertThat(LineFormat.record(line)).contains(record);
  }

  @Test
  void nothingInAMessageEndsTheLineOrReachesTheTerminal() {
    String hostile =
        "a\n2026-01-02T03:04:05.678Z ERROR 1 core - x forged\r\nb\u001b[2Jc\u009bd\0e\tf\u202eg\u2028h";
    String tame = LineFormat.tame(hostile);
    assertThat(tame)
        .isEqualTo(
            "a | 2026-01-02T03:04:05.678Z ERROR 1 core - x forged | b\\u001b[2Jc\\u009bd\\u0000e"
                + "\\u0009f\\u202eg\\u2028h");
    assertThat(LineFormat.tame("ends\n")).isEqualTo("ends");
    assertThat(LineFormat.tame("grüße 😀 \ud800")).isEqualTo("grüße 😀 \\ud800");
    assertThat(LineFormat.tame("x".repeat(100_000))).hasSize(LineFormat.MAX_TEXT + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rest of a line that was cut",
        "2026-01-02T03:04:05.678Z INFO  x core - l m",
        "2026-01-02T03:04:05.678Z SOME  1 core - l m",
        "yesterday INFO  1 core - l m"
      })
  void whatIsNoRecordIsNone(String line) {
    assertThat(LineFormat.record(line)).isEmpty();
  }
}
