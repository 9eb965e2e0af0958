package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ActiveVersionTest {

  private static final int MANY = 10_000_000;

  private final ActiveVersion one = version("1.0.0");
  private final ActiveVersion two = version("2.0.0");
  private final ActiveVersion three = version("3.0.0");

  private static ActiveVersion version(String version) {
    return new ActiveVersion(
        "echo", version, 1, connection -> {}, new Proof(), left -> {}, (failed, reason) -> {});
  }

  @Test
  void theSuccessorIsTheEndOfTheChain() {
    assertThat(one.successor()).isNull();
    one.succeededBy(two);
    assertThat(one.successor()).isSameAs(two);
    two.succeededBy(three);
    assertThat(one.successor()).isSameAs(three);
    assertThat(three.successor()).isNull();
    two.succeededBy(null);
    assertThat(one.successor()).isSameAs(two);
  }

  @Test
  void aChainThatGrowsAndShrinksMeanwhileHasAnEndAtEachMoment() throws InterruptedException {
    one.succeededBy(two);
    AtomicLong changes = new AtomicLong();
    AtomicBoolean enough = new AtomicBoolean();
    Thread control =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!enough.get()) {
                    two.succeededBy(three);
                    two.succeededBy(null);
                    changes.incrementAndGet();
                  }
                });
    try {
      int missed = 0;
      for (int answer = 0; answer < MANY || changes.get() < MANY; answer++) {
        if (one.successor() == null) {
          missed++;
        }
      }
      assertThat(missed).as("answers without an end").isZero();
    } finally {
      enough.set(true);
      control.join();
    }
  }
}
