package slipway.packet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FlushConsolidationTest {

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private int count;
  private final FlushConsolidation flushes =
      new FlushConsolidation(channel.eventLoop(), () -> count++);

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
            channel.eventLoop(),
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
  void anEventLoopThatHasEndedFlushesNothing() throws Exception {
    DefaultEventExecutor ended = new DefaultEventExecutor();
    assertThat(ended.shutdownGracefully(0, 0, SECONDS).await(60, SECONDS)).isTrue();
    FlushConsolidation last = new FlushConsolidation(ended, () -> count++);
    last.wrote();
    last.wrote();
    assertThat(count).isZero();
  }
}
