package slipway.server.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutageTest {

  private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");
  private static final SQLException FAILURE = new SQLException("it failed");
  private static final SQLException DENIED = new SQLInvalidAuthorizationSpecException("denied");

  private final LogRecords log = new LogRecords();
  private DataUrl url;

  @BeforeEach
  void parse() throws Exception {
    url = DataUrl.of("jdbc:mariadb://db/x", Path.of("").toAbsolutePath());
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void aServerThatGoesDownIsLoggedOnceThoughItAnswersATryMeanwhile() {
    Outage outage = Outage.afterLoss(url, BEGIN, "end of stream");

    outage.tried(FAILURE, "connection reset");
    outage.tried(FAILURE, "connection refused");
    outage.tried(FAILURE, "connection refused");

    assertThat(log.ofTheHost())
        .containsExactly(
            "SEVERE the database jdbc:mariadb://db/x is away: end of stream; it is tried again"
                + " until it is back");
  }

  @Test
  void anotherReasonIsLoggedOnceTheServerIsDown() {
    Outage outage = Outage.afterLoss(url, BEGIN, "end of stream");
    outage.tried(FAILURE, "connection refused");
    outage.tried(FAILURE, "connection refused");

    outage.tried(FAILURE, "too many connections");
    outage.tried(FAILURE, "too many connections");

    assertThat(log.ofTheHost())
        .satisfiesExactly(
            first -> assertThat(first).contains("end of stream"),
            other -> assertThat(other).contains("too many connections"));
  }

  @Test
  void aServerThatIsThereAndDoesNotWantTheUserIsLoggedAtOnce() {
    Outage outage = Outage.afterLoss(url, BEGIN, "end of stream");

    outage.tried(DENIED, "denied");
    outage.tried(DENIED, "denied");

    assertThat(log.ofTheHost())
        .satisfiesExactly(
            first -> assertThat(first).contains("end of stream"),
            other -> assertThat(other).contains("denied"));
  }

  @Test
  void aDatabaseThatWasNeverThereIsLoggedOnceForEachReason() {
    Outage outage = Outage.afterTry(url, BEGIN, "refused, connection 1");

    outage.tried(FAILURE, "refused, connection 2");
    outage.tried(FAILURE, "no route");

    assertThat(log.ofTheHost())
        .satisfiesExactly(
            first -> assertThat(first).contains("refused, connection 1"),
            other -> assertThat(other).contains("no route"));
  }

  @Test
  void theTimeThatItWasAwayIsLogged() {
    Outage.afterLoss(url, BEGIN, "end of stream").end(BEGIN.plusSeconds(90));

    assertThat(log.ofTheHost())
        .last()
        .isEqualTo("INFO the database jdbc:mariadb://db/x is back after 90s");
  }

  @Test
  void itIsTriedEverMoreSeldomDownToTwiceAMinute() {
    Outage outage = Outage.afterLoss(url, BEGIN, "end of stream");
    List<Duration> pauses = new ArrayList<>();

    for (int i = 0; i < 7; i++) {
      pauses.add(outage.pause());
    }

    assertThat(pauses)
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
  }
}
