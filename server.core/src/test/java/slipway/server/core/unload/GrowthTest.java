package slipway.server.core.unload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.server.core.unload.Holder.Kind;

/** Static memory of a library may hold one version of each service. */
class GrowthTest {

  private static final Holder CACHE = new Holder("lib 1.0.0: static lib.Cache.SEEN", Kind.STATIC);
  private static final Holder OTHER = new Holder("lib 1.0.0: static lib.Cache.LAST", Kind.STATIC);
  private static final Holder UNKNOWN = Holder.unknown("unknown: thread locals");

  private final Growth growth = new Growth();

  private boolean isBounded(Holder... holders) {
    growth.add("chat", List.of(holders));
    return growth.isBounded("chat", List.of(holders));
  }

  @Test
  void oneVersionInEachPlaceIsBoundedWhateverElseIsUnknown() {
    growth.add("echo", List.of(CACHE));
    assertThat(isBounded(CACHE, UNKNOWN)).isTrue();
    assertThat(isBounded(OTHER)).isTrue();
  }

  @Test
  void aSecondVersionInOnePlaceIsGrowth() {
    assertThat(isBounded(CACHE)).isTrue();
    assertThat(isBounded(CACHE, OTHER)).isFalse();
    assertThat(growth.isBounded("chat", List.of(CACHE))).isFalse();
  }

  @Test
  void whoeverElseHoldsItMayHoldTheNextOne() {
    assertThat(isBounded(CACHE, Holder.of("thread left runs its code"))).isFalse();
  }

  @Test
  void whatNobodyWasFoundToHoldIsNotBounded() {
    assertThat(isBounded()).isFalse();
    assertThat(isBounded(UNKNOWN)).isFalse();
  }
}
