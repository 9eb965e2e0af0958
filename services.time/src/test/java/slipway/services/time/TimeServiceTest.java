package slipway.services.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import slipway.service.Delimiter;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;

class TimeServiceTest {

  private final TimeService service =
      new TimeService(Clock.fixed(Instant.parse("2026-03-09T04:05:06Z"), ZoneId.of("Asia/Tokyo")));

  @Test
  void tellsTheTimeInTheHostsZone() {
    assertThat(service.reply("time")).contains("09.03.26/13:05:06");
  }

  @Test
  void anythingElseEndsTheConnection() {
    assertThat(service.reply("date")).isEmpty();
    assertThat(service.reply("TIME")).isEmpty();
    assertThat(service.reply("")).isEmpty();
  }

  @Test
  void aClientIsToldTheTimeUntilItSaysSomethingElse() {
    try (TestHost host = new TestHost("time", service)) {
      TestConnection client = host.connect(Delimiter.LF);
      assertThat(client.send("time\n").received()).isEqualTo("09.03.26/13:05:06\n");
      assertThat(client.send("date\ntime\n").awaitClosed()).isEmpty();
    }
  }
}
