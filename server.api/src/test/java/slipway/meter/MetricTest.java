package slipway.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.meter.Metric.Kind;

class MetricTest {

  @ParameterizedTest
  @CsvSource({
    "COUNTER,   chat_messages_total",
    "COUNTER,   chat_sent_bytes_total",
    "GAUGE,     chat_users",
    "GAUGE,     process_open_fds",
    "STATE,     chat_room_state",
    "INFO,      chat_build_info",
    "HISTOGRAM, chat_store_seconds",
  })
  void namesOfPrometheusAreTaken(Kind kind, String name) {
    Metric metric = new Metric(kind, name, "What it is.", List.of("room", "sub_type"));
    assertThat(metric.name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "COUNTER,   chat_messages,           a name that ends in _total",
    "INFO,      chat_build,              a name that ends in _info",
    "GAUGE,     chat_users_total,        one that does not end in _total",
    "GAUGE,     chat_users_count,        one that does not end in",
    "HISTOGRAM, chat_store_sum,          one that does not end in",
    "GAUGE,     users,                   two words or more in lower case",
    "GAUGE,     Chat_users,              two words or more in lower case",
    "GAUGE,     chat__users,             two words or more in lower case",
    "GAUGE,     chat_users:rate,         two words or more in lower case",
    "HISTOGRAM, chat_store_ms,           'a base unit (seconds, bytes, ratio)'",
    "COUNTER,   chat_cpu_minutes_total,  'a base unit (seconds, bytes, ratio)'",
    "GAUGE,     chat_load_percent,       'a base unit (seconds, bytes, ratio)'",
    "GAUGE,     chat_users_gauge,        no word for the kind",
  })
  void otherNamesAreRefusedWithWhatIsAllowed(Kind kind, String name, String allowed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Metric(kind, name, "What it is.", List.of()))
        .withMessageStartingWith("metric " + name + ": ")
        .withMessageContaining(allowed);
  }

  @ParameterizedTest
  @CsvSource({"le", "quantile", "instance", "Room", "__name", "''", "a-b"})
  void labelsThatMeanSomethingElseAreRefused(String label) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metric.gauge("chat_users", "Users.", label))
        .withMessageContaining("label = " + label + ": allowed is words in lower case");
  }

  @Test
  void helpIsOneLine() {
    for (String help : List.of("", " ", "two\nlines", "x".repeat(201))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Metric.gauge("chat_users", help))
          .withMessageContaining("allowed is one line of 1 to 200 characters");
    }
  }

  @Test
  void labelsAreFewAndDiffer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metric.gauge("chat_users", "Users.", "room", "room"))
        .withMessageContaining("allowed is at most 8, each once");
  }
}
