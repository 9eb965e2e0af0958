package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.world.WorldSpec;

/** A loop that is stuck in a world, with a real thread and a time of the test's own. */
class LoopWatchTest {

  private final Loops loops = Loops.started(new LoopsRule(1, Duration.ZERO));
  private final AtomicLong now = new AtomicLong(System.nanoTime());
  private final List<String> lines = new ArrayList<>();
  private final LoopWatch watch = new LoopWatch(loops::all, now::get, lines::add);
  private final HostWorld world =
      new HostWorld(WorldSpec.game("arena"), loops.find(1), System::nanoTime);

  @AfterEach
  void close() {
    loops.close();
  }

  /** Looks as the host does, once a second. */
  private void look() {
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    watch.look();
  }

  private void whileItIsStuck(Runnable test) throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    world
        .seat()
        .execute(
            () -> {
              stuck.countDown();
              await(goesOn);
            });
    stuck.await();
    now.set(System.nanoTime());
    try {
      test.run();
    } finally {
      goesOn.countDown();
      loops.find(1).execute(over::countDown); // for no world, and so no work that could be told
      over.await();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }

  @Test
  void whereItIsStuckIsToldOnceWithinTwoSeconds() throws Exception {
    whileItIsStuck(
        () -> {
          look();
          look();
          assertThat(lines).hasSize(1);
          assertThat(lines.getFirst())
              .startsWith("world arena: a frame takes more than 1 s; slipway-world-1 is at\n")
              .contains("LoopWatchTest.await");
          look();
          assertThat(lines).hasSize(1);
        });
    assertThat(world.counts().totals().stuck()).isEqualTo(1);
    look();
    assertThat(lines).hasSize(1);
  }

  @Test
  void eachTimeIsCountedAndTold() throws Exception {
    whileItIsStuck(this::look);
    whileItIsStuck(this::look);
    assertThat(lines).hasSize(2);
    assertThat(world.counts().totals().stuck()).isEqualTo(2);
  }

  @Test
  void whatTakesLessThanASecondIsNotTold() throws Exception {
    whileItIsStuck(watch::look);
    assertThat(lines).isEmpty();
    assertThat(world.counts().totals().stuck()).isZero();
  }
}
