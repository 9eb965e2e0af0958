package slipway.services.metrics.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import slipway.health.Finding;
import slipway.health.Health;
import slipway.health.HealthReport;
import slipway.health.HealthReport.Checked;
import slipway.health.Probe;
import slipway.services.metrics.http.Preferences;
import slipway.services.metrics.http.Reply;
import slipway.services.metrics.http.Request;

class HealthPagesTest {

  private static String answer(Health health, String query) throws Exception {
    Preferences none = Preferences.of(List.of());
    try (HealthPages pages = new HealthPages(() -> Optional.of(health))) {
      Reply reply =
          pages
              .of(Probe.READINESS)
              .get(new Request(query, none, none, UnpooledByteBufAllocator.DEFAULT))
              .toCompletableFuture()
              .get(60, TimeUnit.SECONDS);
      try {
        return reply.status().code()
            + " "
            + reply.headers().get("content-type")
            + " "
            + reply.body().toString(UTF_8);
      } finally {
        reply.body().release();
      }
    }
  }

  private static Health found(Checked... checks) {
    return probe -> new HealthReport(probe, List.of(checks));
  }

  private static final Checked WELL = new Checked("loops", Finding.OK);
  private static final Checked ODD = new Checked("log", Finding.warning("a \"slow\" disk"));
  private static final Checked AWAY =
      new Checked("acceptors", Finding.failed("main:\nport 2000 is taken"));

  @Test
  void aWarningFailsNoProbe() throws Exception {
    assertThat(answer(found(WELL, ODD), "")).isEqualTo("200 text/plain; charset=utf-8 ok\n");
    assertThat(answer(found(WELL, ODD), "verbose"))
        .isEqualTo(
            "200 application/json {\"probe\":\"readiness\",\"status\":\"ok\",\"reason\":\"\","
                + "\"checks\":[{\"name\":\"loops\",\"status\":\"ok\",\"reason\":\"\"},{\"name\":\"log\",\"status\":\"warning\",\"reason\":\"a"
                + " \\\"slow\\\" disk\"}]}\n");
  }

  @Test
  void whatHasFailedIsTold() throws Exception {
    assertThat(answer(found(WELL, AWAY, AWAY), ""))
        .isEqualTo(
            "503 text/plain; charset=utf-8 failed: acceptors: main: port 2000 is taken; "
                + "acceptors: main: port 2000 is taken\n");
    assertThat(answer(found(AWAY), "a=b&verbose=1"))
        .startsWith("503 application/json ")
        .contains("\"reason\":\"main:\\u000aport 2000 is taken\"");
  }

  @Test
  void checksThatCannotBeMadeFail() throws Exception {
    Health broken =
        probe -> {
          throw new IllegalStateException("on purpose");
        };
    assertThat(answer(broken, "")).startsWith("503 ").contains("it could not be checked");
  }
}
