package slipway.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.admin.LogRecord;

class FoldTest {

  private Instant now = Lines.TIME;
  private final Fold fold = new Fold(() -> now, Duration.ofSeconds(10));
  private final List<String> written = new ArrayList<>();

  private void log(String message) {
    fold.take(Lines.record(message)).stream().map(LogRecord::message).forEach(written::add);
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
    fold.due().map(LogRecord::message).ifPresent(written::add);
  }

  @Test
  void repetitionsAreCountedBeforeTheNextOtherRecord() {
    log("a");
    log("a");
    log("a");
    log("b");
    log("a");
    assertThat(written).containsExactly("a", "last message repeated 2 times", "b", "a");
  }

  @Test
  void whatIsNeverHeldBackIsWrittenEachTime() {
    log("a");
    log("a");
    for (int i = 0; i < 3; i++) {
      fold.takeEach(Lines.record("e")).stream().map(LogRecord::message).forEach(written::add);
    }
    log("a");
    log("a");
    log("b");
    assertThat(written)
        .containsExactly(
            "a",
            "last message repeated 1 time",
            "e",
            "e",
            "e",
            "a",
            "last message repeated 1 time",
            "b");
  }

  @Test
  void aFloodIsToldOnceInAnIntervalAndAtItsEnd() {
    for (int second = 0; second < 25; second++) {
      log("a");
      log("a");
      pass(1);
    }
    pass(10);
    pass(10);
    assertThat(written)
        .containsExactly(
            "a",
            "last message repeated 19 times",
            "last message repeated 20 times",
            "last message repeated 10 times");
  }

  @Test
  void whatRepeatsSlowlyIsWrittenWhole() {
    log("a");
    pass(10);
    log("a");
    pass(10);
    assertThat(written).containsExactly("a", "a");
  }

  @Test
  void whatDiffersInLevelOrStackIsNoRepetition() {
    log("a");
    assertThat(fold.take(Lines.record("a", "java.lang.Exception"))).hasSize(1);
  }

  @Test
  void whatIsForgottenIsNotCounted() {
    log("a");
    log("a");
    fold.reset();
    log("a");
    assertThat(written).containsExactly("a", "a");
  }
}
