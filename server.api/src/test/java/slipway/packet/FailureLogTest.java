package slipway.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.service.FakeConnection;

/** The minute is that of the channel's event loop, whose time the test lets pass. */
class FailureLogTest {

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final PacketSession session =
      new PacketSession(
          new FakeConnection(channel, null), PacketSettings.usual(), null, null, null);
  private final List<String> told = new ArrayList<>();
  private final FailureLog log =
      new FailureLog("doubles", (failing, failure) -> told.add("first " + failure), told::add);

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private void pass(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runPendingTasks();
  }

  private void fail(String message) {
    log.failed(session, new IllegalStateException(message));
  }

  @Test
  void theFirstFailureIsToldAtOnceAndHowManyFollowAMinuteLater() {
    for (int i = 0; i < 1000; i++) {
      fail("at " + i);
    }
    log.failed(session, new ArithmeticException());
    assertThat(told).containsExactly("first java.lang.IllegalStateException: at 0");
    pass(59);
    assertThat(told).hasSize(1);
    pass(1);
    assertThat(told.subList(1, told.size()))
        .containsExactly(
            "doubles: further failures of the service within a minute: 1000; the last:"
                + " java.lang.ArithmeticException");
  }

  @Test
  void aFailureThatStaysTheOnlyOneIsToldOnce() {
    fail("once");
    pass(60);
    assertThat(told).containsExactly("first java.lang.IllegalStateException: once");
  }

  @Test
  void afterAMinuteTheNextOneIsTheFirstAgain() {
    fail("one");
    fail("two");
    pass(60);
    fail("three");
    assertThat(told)
        .containsExactly(
            "first java.lang.IllegalStateException: one",
            "doubles: further failures of the service within a minute: 1; the last:"
                + " java.lang.IllegalStateException",
            "first java.lang.IllegalStateException: three");
    pass(60);
    assertThat(told).hasSize(3);
  }
}
