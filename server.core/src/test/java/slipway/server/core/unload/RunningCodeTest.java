package slipway.server.core.unload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads are blamed by the classes on their stacks, as far as these are one loader's. */
@Timeout(60)
class RunningCodeTest {

  private final OwnClasses gone = new OwnClasses(Leaves.class);
  private final OwnClasses next = new OwnClasses(Leaves.class);
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    end.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @SuppressWarnings("unchecked")
  private Thread runs(Thread.Builder builder, OwnClasses loader, Class<?> type) throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    var waiter = (BiConsumer<CountDownLatch, CountDownLatch>) loader.make(type);
    Thread thread = builder.start(() -> waiter.accept(there, end));
    threads.add(thread);
    there.await();
    return thread;
  }

  private List<String> found(Map<Long, ClassLoader> known) {
    Living living = new Living(37, "chat 2.0.0", false, next, List::of);
    return new RunningCode(Map.of(gone, "chat 1.0.0"), List.of(living), known)
        .of(gone).stream().map(Holder::text).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aThreadThatRunsItsCodeHoldsItWhateverItsName(boolean virtual) throws Exception {
    Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform();
    runs(builder.name("echo-2.0.0-timer"), gone, Leaves.Waiter.class);
    assertThat(found(Map.of())).containsExactly("thread echo-2.0.0-timer runs its code");
  }

  @Test
  void aThreadThatIsCalledLikeItAndRunsOtherCodeIsNotBlamed() throws Exception {
    gone.load(Leaves.Waiter.class);
    CountDownLatch there = new CountDownLatch(1);
    threads.add(Thread.ofPlatform().name("chat-1.0.0-timer").start(() -> wait(there)));
    there.await();
    assertThat(found(Map.of())).isEmpty();
  }

  private void wait(CountDownLatch there) {
    there.countDown();
    try {
      end.await();
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aThreadOfTheNextVersionIsNotBlamedForAClassThatTheOneBeforeNeverLoaded() throws Exception {
    runs(Thread.ofPlatform().name("chat"), next, Leaves.Waiter.class);
    assertThat(found(Map.of())).isEmpty();
  }

  @Test
  void aThreadWhoseClassesBothHaveIsNotBlamedForCertain() throws Exception {
    gone.load(Leaves.Waiter.class);
    runs(Thread.ofPlatform().name("chat"), next, Leaves.Waiter.class);
    assertThat(found(Map.of()))
        .containsExactly(
            "thread chat runs its code, or that of chat 2.0.0, bundle 37, whose classes have the"
                + " same names");
  }

  @Test
  void oneClassThatNobodyElseHasIsEnough() throws Exception {
    next.load(Leaves.Waiter.class);
    runs(Thread.ofPlatform().name("chat"), gone, Leaves.LaterWaiter.class);
    assertThat(found(Map.of())).containsExactly("thread chat runs its code");
  }

  @Test
  void aThreadOfAConnectionIsTheVersionsThatServesIt() throws Exception {
    gone.load(Leaves.Waiter.class);
    Thread thread = runs(Thread.ofVirtual().name("stream-chat-7"), next, Leaves.Waiter.class);
    assertThat(found(Map.of(thread.threadId(), next))).isEmpty();
    assertThat(found(Map.of(thread.threadId(), gone)))
        .containsExactly("thread stream-chat-7 runs its code");
  }

  @Test
  void aThreadWithTheContextOfAnotherVersionIsThatOnes() throws Exception {
    gone.load(Leaves.Waiter.class);
    CountDownLatch there = new CountDownLatch(1);
    @SuppressWarnings("unchecked")
    var waiter = (BiConsumer<CountDownLatch, CountDownLatch>) next.make(Leaves.Waiter.class);
    Thread thread = Thread.ofPlatform().unstarted(() -> waiter.accept(there, end));
    thread.setContextClassLoader(next);
    thread.start();
    threads.add(thread);
    there.await();
    assertThat(found(Map.of())).isEmpty();
  }
}
