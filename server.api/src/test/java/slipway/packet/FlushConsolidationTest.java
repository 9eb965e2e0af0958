package slipway.packet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FlushConsolidationTest {

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private int count;
  private final FlushTurn turn = new FlushTurn(channel.eventLoop());
  private final FlushConsolidation flushes = new FlushConsolidation(turn, () -> count++);

  @Test
  void whatIsWrittenWhilePacketsAreReadIsFlushedWhenTheyAreDealtWith() {
    flushes.readBegins();
    flushes.wrote();
    flushes.wrote();
    channel.runPendingTasks();
    assertThat(count).isZero();
    flushes.readComplete();
    channel.runPendingTasks();
    assertThat(count).isOne();
  }

  @Test
  void whatIsWrittenOutsideIsFlushedTogetherInATask() {
    flushes.wrote();
    flushes.wrote();
    assertThat(count).isZero();
    channel.runPendingTasks();
    assertThat(count).isOne();
    flushes.wrote();
    channel.runPendingTasks();
    assertThat(count).isEqualTo(2);
  }

  @Test
  void whatIsWrittenAsItIsFlushedIsFlushedWithTheNextTask() {
    AtomicReference<FlushConsolidation> itself = new AtomicReference<>();
    FlushConsolidation writing =
        new FlushConsolidation(
            turn,
            () -> {
              if (count++ == 0) {
                itself.get().wrote();
              }
            });
    itself.set(writing);
    writing.readBegins();
    writing.readComplete();
    assertThat(count).isOne();
    channel.runPendingTasks();
    assertThat(count).isEqualTo(2);
  }

  @Test
  void manyConnectionsAreFlushedInOneTaskAndInTheirOrder() {
    List<Integer> flushed = new ArrayList<>();
    for (int each = 0; each < 3; each++) {
      int number = each;
      new FlushConsolidation(turn, () -> flushed.add(number)).wrote();
    }
    channel.eventLoop().execute(() -> flushed.add(99));
    channel.runPendingTasks();
    assertThat(flushed).containsExactly(0, 1, 2, 99);
  }

  @Test
  void oneThatWritesEachTimeItIsFlushedLeavesTurnsToOthers() {
    List<String> done = new ArrayList<>();
    AtomicReference<FlushConsolidation> itself = new AtomicReference<>();
    FlushConsolidation endless =
        new FlushConsolidation(
            turn,
            () -> {
              done.add("flushed");
              if (done.size() < 4) {
                itself.get().wrote();
                channel.eventLoop().execute(() -> done.add("other work"));
              }
            });
    itself.set(endless);
    endless.wrote();
    channel.runPendingTasks();
    assertThat(done).containsExactly("flushed", "other work", "flushed", "other work", "flushed");
  }

  @Test
  void oneThatThrowsKeepsNoOtherFromBeingFlushed() {
    new FlushConsolidation(
            turn,
            () -> {
              throw new IllegalStateException("broken");
            })
        .wrote();
    flushes.wrote();
    channel.runPendingTasks(); // ends with the failure, which a real event loop logs
    channel.runPendingTasks();
    assertThat(count).isOne();
    flushes.wrote();
    channel.runPendingTasks();
    assertThat(count).isEqualTo(2);
  }

  @Test
  void anEventLoopThatHasEndedFlushesNothing() throws Exception {
    DefaultEventExecutor ended = new DefaultEventExecutor();
    assertThat(ended.shutdownGracefully(0, 0, SECONDS).await(60, SECONDS)).isTrue();
    FlushConsolidation last = new FlushConsolidation(new FlushTurn(ended), () -> count++);
    last.wrote();
    last.wrote();
    assertThat(count).isZero();
  }
}
