package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import slipway.admin.AdminException;
import slipway.server.core.life.Awaited;

class PatienceTest {

  private static final Awaited START = new Awaited("echo 2.0.0 to start", Duration.ofSeconds(10));
  private static final Awaited STOP = new Awaited("echo 1.0.0 to stop", Duration.ofMinutes(5));

  private final CompletableFuture<String> outcome = new CompletableFuture<>();
  private final List<String> told = new ArrayList<>();
  private long seconds;
  private int looks;

  /** Each look costs ten seconds. */
  private String await(Supplier<Optional<Awaited>> awaited)
      throws AdminException, InterruptedException {
    return new Patience(() -> Duration.ofSeconds(seconds).toNanos(), Duration.ofNanos(1))
        .await(
            "the deploy of echo 2.0.0",
            outcome,
            () -> {
              seconds += 10;
              looks++;
              return awaited.get();
            },
            told::add,
            "libctl history echo");
  }

  @Test
  void whatIsWaitedForIsToldEachTimeThatItIsSomethingElse() throws Exception {
    Iterator<Optional<Awaited>> phases =
        List.of(Optional.of(STOP), Optional.of(STOP), Optional.of(START), Optional.<Awaited>empty())
            .iterator();
    String end =
        await(
            () -> {
              Optional<Awaited> next = phases.next();
              if (!phases.hasNext()) {
                outcome.complete("done");
              }
              return next;
            });
    assertThat(end).isEqualTo("done");
    assertThat(told)
        .containsExactly("echo 1.0.0 to stop", "echo 2.0.0 to start", "it to be installed");
  }

  @Test
  void itEndsAMinuteAfterTheTimeThatWhatItWaitsForMayTake() {
    assertThatThrownBy(() -> await(() -> Optional.of(START)))
        .isInstanceOf(AdminException.class)
        .hasMessage(
            "the deploy of echo 2.0.0 has not ended within 80s: it waits for echo 2.0.0 to start; "
                + "it continues, and libctl history echo shows how it ends");
    assertThat(outcome).isNotDone();
  }

  @Test
  void whatComesAndGoesAgainAndAgainIsCountedOnce() {
    assertThatThrownBy(() -> await(() -> Optional.of(looks % 2 == 0 ? START : STOP)))
        .hasMessageContaining("has not ended within 380s");
  }

  @Test
  void aConfigurationThatAllowsLongIsWaitedForAsLong() throws Exception {
    Awaited hour = new Awaited("echo 2.0.0 to start", Duration.ofHours(1));
    String end =
        await(
            () -> {
              if (seconds > 3600) {
                outcome.complete("done");
              }
              return Optional.of(hour);
            });
    assertThat(end).isEqualTo("done");
  }

  @Test
  void aFailureIsToldInItsOwnWords() {
    outcome.completeExceptionally(
        new CompletionException(new AdminException("echo 2.0.0 was taken out")));
    assertThatThrownBy(() -> await(Optional::empty))
        .isInstanceOf(AdminException.class)
        .hasMessage("echo 2.0.0 was taken out");
  }
}
