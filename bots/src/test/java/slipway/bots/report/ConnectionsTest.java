package slipway.bots.report;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import slipway.bots.link.Links;
import slipway.bots.link.Times;

class ConnectionsTest {

  private static final Duration LATE = Duration.ofMillis(500);

  private final Histogram lateness = Times.histogram();
  private final Connections connections = new Connections(new Links(), lateness);

  @Test
  void botsThatAreLateThemselvesSaySo() {
    Times.record(lateness, MILLISECONDS.toNanos(249));
    assertThat(connections.notes(LATE)).isEmpty();
    Times.record(lateness, MILLISECONDS.toNanos(260));
    assertThat(connections.notes(LATE))
        .containsExactly(
            "The bots themselves were late by up to 260 ms: what was late may be their own.");
  }

  @Test
  void aLineTellsHowItStands() {
    assertThat(Connections.progress(new Links(), "1,234 packets", 1999.6, 3))
        .isEqualTo("0 connected, 1,234 packets, 2,000 per second, 3 faults");
  }
}
