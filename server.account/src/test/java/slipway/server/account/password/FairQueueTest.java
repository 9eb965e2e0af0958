package slipway.server.account.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairQueueTest {

  private final FairQueue queue = new FairQueue();
  private final List<String> refused = new ArrayList<>();

  private static FairQueue.Job job(Urgency urgency, String share) {
    return new FairQueue.Job(urgency, share, () -> {}, () -> {});
  }

  private void add(Urgency urgency, String share, int count, int most) {
    for (int i = 0; i < count; i++) {
      queue.add(job(urgency, share), most).ifPresent(job -> refused.add((String) job.share()));
    }
  }

  private List<String> takeAll() {
    List<String> taken = new ArrayList<>();
    for (Optional<FairQueue.Job> job = queue.take(); job.isPresent(); job = queue.take()) {
      taken.add((String) job.get().share());
      queue.done(job.get());
    }
    return taken;
  }

  @Test
  void anAddressThatHasAThousandWaitingKeepsAnotherWaitingForOne() {
    add(Urgency.LOG_IN, "flood", 1000, 2000);
    add(Urgency.LOG_IN, "good", 2, 2000);
    assertThat(takeAll()).startsWith("flood", "good", "flood", "good", "flood", "flood");
  }

  @Test
  void addressesAreServedInTurn() {
    add(Urgency.LOG_IN, "a", 3, 100);
    add(Urgency.LOG_IN, "b", 1, 100);
    add(Urgency.LOG_IN, "c", 2, 100);
    assertThat(takeAll()).containsExactly("a", "b", "c", "a", "c", "a");
  }

  @Test
  void operatorsComeFirstAndHaveNoLimit() {
    add(Urgency.LOG_IN, "flood", 3, 3);
    add(Urgency.OPERATOR, "op", 5, 3);
    assertThat(refused).isEmpty();
    assertThat(takeAll()).startsWith("op", "op", "op", "op", "op", "flood");
  }

  @Test
  void namesThatAreThereComeBeforeNewOnesWhichAreNotForgotten() {
    add(Urgency.REGISTRATION, "new", 2, 100);
    add(Urgency.LOG_IN, "known", 5, 100);
    assertThat(takeAll())
        .containsExactly("known", "known", "known", "new", "known", "known", "new");
  }

  @Test
  void ofTooManyTheLastOfTheGreediestAddressHasToGo() {
    add(Urgency.LOG_IN, "flood", 4, 5);
    add(Urgency.LOG_IN, "a", 1, 5);
    add(Urgency.LOG_IN, "b", 1, 5);
    add(Urgency.LOG_IN, "flood", 1, 5);
    assertThat(refused).containsExactly("flood", "flood");
    assertThat(takeAll()).containsExactly("flood", "a", "b", "flood", "flood");
  }

  @Test
  void newNamesHaveToGoForThoseThatAreThere() {
    add(Urgency.REGISTRATION, "new", 3, 3);
    add(Urgency.LOG_IN, "known", 3, 3);
    assertThat(refused).containsExactly("new", "new", "new");
    add(Urgency.REGISTRATION, "new", 1, 3);
    assertThat(refused).hasSize(4);
  }

  @Test
  void whatIsUnderWayTakesAPlace() {
    add(Urgency.LOG_IN, "a", 1, 1);
    FairQueue.Job taken = queue.take().orElseThrow();
    add(Urgency.LOG_IN, "b", 1, 1);
    assertThat(refused).containsExactly("b");
    queue.done(taken);
    add(Urgency.LOG_IN, "b", 1, 1);
    assertThat(refused).hasSize(1);
  }
}
