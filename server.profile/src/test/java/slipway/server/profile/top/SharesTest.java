package slipway.server.profile.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.server.profile.jfr.Owner;

class SharesTest {

  private static final long PERIOD = 10;
  private static final Owner OLD = new Owner("arena", "1.0.0");
  private static final Owner NEW = new Owner("arena", "1.1.0");

  private final Shares shares = new Shares(Map.of(1L, 1000L, 2L, 500L));

  @Test
  void theTimeOfAThreadIsSharedByTheSamplesInIt() {
    shares.sample(1, OLD, PERIOD);
    shares.sample(1, OLD, PERIOD);
    shares.sample(1, OLD, PERIOD);
    shares.sample(1, NEW, PERIOD);
    shares.sample(2, NEW, PERIOD);
    shares.share(Map.of(1L, 1400L, 2L, 507L));
    assertThat(shares.used())
        .containsOnly(Map.entry(OLD, 300L), Map.entry(NEW, 107L), Map.entry(Owner.HOST, 0L));
  }

  @Test
  void timeWithoutASampleWaitsForOneAsTheHosts() {
    shares.share(Map.of(1L, 1004L, 2L, 500L));
    assertThat(shares.used()).containsOnly(Map.entry(Owner.HOST, 4L));
    shares.share(Map.of(1L, 1008L, 2L, 500L));
    shares.sample(1, OLD, PERIOD);
    shares.share(Map.of(1L, 1009L, 2L, 500L));
    assertThat(shares.used()).containsOnly(Map.entry(OLD, 9L), Map.entry(Owner.HOST, 0L));
  }

  @Test
  void whereThereIsNoSampleOtherSignsCount() {
    shares.hint(1, OLD);
    shares.hint(1, OLD);
    shares.hint(1, NEW);
    shares.hint(2, OLD);
    shares.sample(2, NEW, PERIOD);
    shares.hint(3, OLD);
    shares.share(Map.of(1L, 1300L, 2L, 600L));
    assertThat(shares.used())
        .containsOnly(Map.entry(OLD, 200L), Map.entry(NEW, 200L), Map.entry(Owner.HOST, 0L));
  }

  @Test
  void aThreadThatIsNewIsCountedFromItsBeginning() {
    shares.sample(3, NEW, PERIOD);
    shares.share(Map.of(1L, 1000L, 2L, 500L, 3L, 70L));
    assertThat(shares.used()).contains(Map.entry(NEW, 70L));
  }

  @Test
  void ofAThreadThatHasEndedASampleStandsForItsPeriod() {
    shares.sample(4, OLD, PERIOD);
    shares.sample(4, OLD, PERIOD);
    shares.sample(4, NEW, PERIOD);
    shares.share(Map.of(1L, 1000L, 2L, 500L));
    assertThat(shares.used()).contains(Map.entry(OLD, 20L), Map.entry(NEW, 10L));
  }

  @Test
  void whatAThreadHadWithoutASampleStaysTheHostsWhenItEnds() {
    shares.share(Map.of(1L, 1004L, 2L, 500L));
    shares.share(Map.of(2L, 500L));
    shares.share(Map.of(1L, 3L, 2L, 500L));
    assertThat(shares.used())
        .as("another thread, which has got the number")
        .containsOnly(Map.entry(Owner.HOST, 7L));
  }

  @Test
  void aSampleStandsForNoMoreThanItsThreadHasUsed() {
    shares.sample(1, OLD, 1_000_000); // of the time before
    shares.sample(1, NEW, 300);
    shares.share(Map.of(1L, 1400L, 2L, 500L));
    assertThat(shares.used())
        .containsOnly(Map.entry(OLD, 229L), Map.entry(NEW, 171L), Map.entry(Owner.HOST, 0L));
  }
}
