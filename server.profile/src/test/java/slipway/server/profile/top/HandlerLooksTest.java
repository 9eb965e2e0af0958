package slipway.server.profile.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.admin.LoopAdmin.Handling;
import slipway.server.profile.jfr.Owner;

class HandlerLooksTest {

  private static final Handling OLD = new Handling("arena", "1.0.0");
  private static final Handling NEW = new Handling("arena", "1.1.0");

  private long now = 100;
  private List<Handling> handling = List.of();
  private final HandlerLooks looks = new HandlerLooks(() -> handling, () -> now);

  @BeforeEach
  void start() {
    now += 1000; // which passes before it begins
    looks.start();
  }

  @AfterEach
  void end() {
    looks.close();
  }

  private void look(long passed, Handling... found) {
    now += passed;
    handling = List.of(found);
    looks.look();
  }

  @Test
  void theTimeBetweenTwoLooksIsThatOfWhatIsFound() {
    look(5, OLD);
    look(5);
    look(7, OLD, NEW);
    assertThat(looks.times())
        .containsOnly(
            Map.entry(new Owner("arena", "1.0.0"), 12L),
            Map.entry(new Owner("arena", "1.1.0"), 7L));
  }

  @Test
  void twoLoopsInOneVersionCountTwice() {
    look(5, NEW, NEW);
    assertThat(looks.times()).containsOnly(Map.entry(new Owner("arena", "1.1.0"), 10L));
  }
}
