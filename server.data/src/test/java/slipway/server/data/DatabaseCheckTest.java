package slipway.server.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import slipway.data.Database;
import slipway.data.Schema;
import slipway.health.Finding;
import slipway.health.Probe;

class DatabaseCheckTest {

  private record Known(Optional<String> away) implements Database {
    @Override
    public Schema schema(String name, ClassLoader scripts) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String url() {
      return "jdbc:h2:test";
    }
  }

  @Test
  void oneThatIsAwayIsAWarningOfReadinessAndNoPartOfLiveness() {
    DatabaseCheck check = new DatabaseCheck(new Known(Optional.of("connection refused")));
    assertThat(check.check()).isEqualTo(Finding.warning("connection refused"));
    assertThat(check.probes()).containsExactly(Probe.READINESS);
  }

  @Test
  void oneThatIsThereIsWell() {
    assertThat(new DatabaseCheck(new Known(Optional.empty())).check()).isEqualTo(Finding.OK);
  }
}
