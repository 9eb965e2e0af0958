package slipway.services.chat.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineQueueTest {

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<String> taken = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private Consumer<String> does = line -> {};
  private boolean there = true;
  private LineQueue lines;

  private final LineQueue.Taker taker =
      new LineQueue.Taker() {
        @Override
        public boolean isReady() {
          return there;
        }

        @Override
        public boolean isThere() {
          return there;
        }

        @Override
        public void take(byte[] line) {
          String text = new String(line, StandardCharsets.UTF_8);
          taken.add(text);
          does.accept(text);
        }

        @Override
        public void failed(Throwable failure) {
          failures.add(failure);
        }

        @Override
        public void settled() {}
      };

  @BeforeEach
  void begin() {
    channel.freezeTime();
    lines = new LineQueue(channel.eventLoop(), taker);
  }

  private void type(String line) {
    lines.add(line.getBytes(StandardCharsets.UTF_8));
    lines.next();
  }

  @Test
  void whatIsAwaitedHoldsTheLinesBehind() {
    CompletableFuture<String> asked = new CompletableFuture<>();
    does = line -> lines.await(asked, (answer, failure) -> taken.add(answer));
    type("one");
    does = line -> {};
    type("two");
    assertThat(taken).containsExactly("one");
    asked.complete("answer");
    channel.runPendingTasks();
    assertThat(taken).containsExactly("one", "answer", "two");
  }

  @Test
  void noLineIsTakenWhileWhatWasAwaitedIsActedOn() {
    CompletableFuture<String> asked = new CompletableFuture<>();
    does =
        line ->
            lines.await(
                asked,
                (answer, failure) -> {
                  lines.next(); // as when what it answers makes the channel writable again
                  taken.add(answer);
                });
    type("one");
    does = line -> {};
    type("two");
    asked.complete("answer");
    channel.runPendingTasks();
    assertThat(taken).containsExactly("one", "answer", "two");
  }

  @Test
  void aPauseThatIsInterruptedComesToNothing() {
    does = line -> lines.pause(TimeUnit.SECONDS.toNanos(1), () -> taken.add("over"));
    type("one");
    assertThat(lines.isBusy()).isTrue();
    lines.interrupt();
    assertThat(lines.isBusy()).isFalse();
    channel.advanceTimeBy(2, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(taken).containsExactly("one");
  }

  @Test
  void aLineThatIsTakenAgainComesBeforeAllOthers() {
    does = line -> lines.retry(line.getBytes(StandardCharsets.UTF_8), 1000);
    type("one");
    does = line -> {};
    type("two");
    channel.advanceTimeBy(1, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(taken).containsExactly("one", "one", "two");
  }

  @Test
  void whatIsAwaitedIsNotToldToATakerWhoHasGone() {
    CompletableFuture<String> asked = new CompletableFuture<>();
    does = line -> lines.await(asked, (answer, failure) -> taken.add(answer));
    type("one");
    there = false;
    asked.complete("answer");
    channel.runPendingTasks();
    assertThat(taken).containsExactly("one");
    assertThat(lines.isBusy()).isFalse();
  }

  @Test
  void twoThingsAreNotAwaitedAtOnce() {
    does =
        line -> {
          lines.pause(1000, () -> {});
          assertThatThrownBy(() -> lines.await(new CompletableFuture<>(), (value, failure) -> {}))
              .isInstanceOf(IllegalStateException.class);
        };
    type("one");
    assertThat(failures).isEmpty();
  }

  @Test
  void aFailureIsToldAndLeavesTheQueueIdle() {
    IllegalStateException failure = new IllegalStateException("a defect");
    does =
        line -> {
          throw failure;
        };
    type("one");
    assertThat(failures).containsExactly(failure);
    assertThat(lines.isBusy()).isFalse();
  }

  @Test
  void allIsServedWhenNothingWaitsAndNothingCanCome() {
    assertThat(lines.isServed()).isFalse();
    lines.complete();
    assertThat(lines.isServed()).isTrue();
    lines.add(new byte[1]);
    assertThat(lines.isServed()).isFalse();
  }
}
