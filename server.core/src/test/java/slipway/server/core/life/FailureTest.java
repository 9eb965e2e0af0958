package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailureTest {

  private final AtomicLong now = new AtomicLong();
  private final Failure failure = new Failure(now::get);

  @Test
  void nothingIsKnownAtFirst() {
    assertThat(failure.isSet()).isFalse();
    assertThat(failure.isUnfit()).isFalse();
    assertThat(failure.reason()).isEmpty();
  }

  @Test
  void aVersionThatDoesNotStopIsNotUnfit() {
    failure.stuck("it did not stop");
    assertThat(failure.isSet()).isTrue();
    assertThat(failure.isUnfit()).isFalse();
    assertThat(failure.reason()).isEqualTo("it did not stop");
  }

  @Test
  void anUnfitVersionThatDoesNotStopEitherStaysUnfit() {
    failure.unfit("no such class");
    failure.stuck("it did not stop");
    assertThat(failure.isUnfit()).isTrue();
    assertThat(failure.reason()).isEqualTo("it did not stop");
  }

  @Test
  void aFailureWithoutAReasonIsOne() {
    failure.unfit("");
    assertThat(failure.isUnfit()).isTrue();
  }

  @Test
  void isFreshForAWhileAndIsForgottenWhenItIsCleared() {
    failure.unfit("no such class");
    now.addAndGet(Failure.FRESH.toNanos() - 1);
    assertThat(failure.isFresh()).isTrue();
    now.incrementAndGet();
    assertThat(failure.isFresh()).isFalse();
    assertThat(failure.isSet()).isTrue();
    failure.clear();
    assertThat(failure.isSet()).isFalse();
  }
}
