package slipway.services.chat.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.service.GoingAway;
import slipway.service.GoingAway.Reason;
import slipway.services.chat.Leaks;
import slipway.text.Times;

@ExtendWith(Leaks.class)
class GoodbyeTest {

  private static final Instant SOON = Instant.parse("2026-11-26T01:00:00Z");

  private final TestChat chat = new TestChat();

  @AfterEach
  void end() {
    chat.end();
  }

  private static GoingAway last(Reason reason) {
    return new GoingAway(reason, true, Optional.of(SOON));
  }

  @ParameterizedTest
  @CsvSource({
    "LOCKED,    '* the chat is closed'",
    "DRAINED,   '* the chat is closing'",
    "HOST_ENDS, '* the host is shutting down'",
    "REPLACED,  '* there is a new version of the chat; connect again to use it'"
  })
  void whoHasToGoReadsWhyAndNothingBehindIt(Reason reason, String line) {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.shown();
    ann.hears(last(reason));
    bob.type("too late\n");
    assertThat(ann.shown()).containsExactly(line);
    assertThat(ann.isConnected()).isFalse();
    assertThat(bob.isConnected()).isTrue();
  }

  @Test
  void whoIsNotInYetReadsItToo() {
    TestUser stranger = chat.connect();
    stranger.shown();
    stranger.hears(last(Reason.LOCKED));
    assertThat(stranger.text()).contains("* the chat is closed");
    assertThat(stranger.isConnected()).isFalse();
  }

  @Test
  void whoMayStayForAWhileReadsUntilWhenAndStays() {
    TestUser ann = chat.enter("ann");
    ann.shown();
    ann.hears(new GoingAway(Reason.REPLACED, false, Optional.of(SOON)));
    ann.hears(new GoingAway(Reason.DRAINED, false, Optional.empty()));
    assertThat(ann.shown())
        .isEqualTo(
            List.of(
                "* there is a new version of the chat; connect again to use it; you may stay until "
                    + Times.of(SOON),
                "* the chat is closing; you may stay for as long as you like"));
    assertThat(ann.isConnected()).isTrue();
  }
}
