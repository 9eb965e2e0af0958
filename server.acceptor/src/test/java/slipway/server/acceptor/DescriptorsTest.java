package slipway.server.acceptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsTest {

  private final AtomicLong open = new AtomicLong();
  private final AtomicInteger counted = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();

  private Descriptors of(long limit) {
    Descriptors descriptors =
        new Descriptors(
            () -> limit,
            () -> {
              counted.incrementAndGet();
              return open.get();
            });
    descriptors.whenShort(told::incrementAndGet);
    return descriptors;
  }

  @ParameterizedTest
  @CsvSource({"120, 104", "256, 224", "1024, 960", "1000000, 999936"})
  void theLastOnesAreKept(long limit, int first) {
    Descriptors descriptors = of(limit);
    descriptors.taken(OptionalInt.of(first - 1));
    assertThat(descriptors.areShort()).isFalse();
    assertThat(counted).as("a number tells enough").hasValue(0);
    descriptors.taken(OptionalInt.of(first));
    descriptors.taken(OptionalInt.of(first + 1));
    assertThat(descriptors.areShort()).isTrue();
    assertThat(told).as("told once").hasValue(1);
  }

  @Test
  void theyAreShortUntilThereAreSomeToSpare() {
    Descriptors descriptors = of(1024);
    descriptors.refused();
    open.set(1024 - 64 - 16);
    assertThat(descriptors.look()).isFalse();
    open.decrementAndGet();
    assertThat(descriptors.look()).isTrue();
    assertThat(descriptors.areShort()).isFalse();
  }

  @Test
  void withoutNumbersTheyAreCountedLessOftenTheMoreThereAre() {
    Descriptors descriptors = of(100_000);
    while (!descriptors.areShort()) {
      open.incrementAndGet();
      descriptors.taken(OptionalInt.empty());
    }
    assertThat(open).hasValue(100_000 - 64);
    assertThat(counted.get()).isLessThan(50);
  }

  @Test
  void aSystemWithoutThemIsNeverShort() {
    Descriptors descriptors = of(-1);
    descriptors.taken(OptionalInt.of(1_000_000));
    descriptors.taken(OptionalInt.empty());
    descriptors.refused();
    assertThat(descriptors.areShort()).isFalse();
  }
}
