package slipway.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Members 1 and 2 take turns: even numbers are of 1, odd ones of 2. */
class RoomCheckTest {

  private static final int[] SENT = {10, 11, 12, 13};

  private static RoomCheck listener(int... seen) {
    return new RoomCheck(SENT, message -> 1 + message % 2, seen);
  }

  private static void expect(RoomCheck check, long lost, long wrong) {
    assertThat(check.lost()).as("lost").isEqualTo(lost);
    assertThat(check.wrong()).as("wrong").isEqualTo(wrong);
  }

  @Test
  void everybodySeesTheMessagesOfTheOthers() {
    RoomCheck check = listener(10, 11, 12, 13);
    check.member(1, new int[] {11, 13});
    check.member(2, new int[] {10, 12});
    expect(check, 0, 0);
  }

  @Test
  void messagesOfTwoSendersMayHaveAnyOrderIfItIsTheSameForAll() {
    RoomCheck check = listener(11, 10, 13, 12);
    check.member(3, new int[] {11, 10, 13, 12});
    expect(check, 0, 0);
    check.member(4, new int[] {10, 11, 13, 12});
    expect(check, 0, 1);
  }

  @Test
  void messagesOfOneSenderStayInOrder() {
    RoomCheck check = listener(12, 11, 10, 13);
    expect(check, 0, 1);
  }

  @Test
  void whatTheListenerDoesNotSeeIsLost() {
    RoomCheck check = listener(10, 11, 13);
    expect(check, 1, 0);
    check.member(2, new int[] {10, 12});
    expect(check, 1, 0);
  }

  @Test
  void whatAnotherDoesNotSeeIsLost() {
    RoomCheck check = listener(10, 11, 12, 13);
    check.member(1, new int[] {});
    expect(check, 2, 0);
  }

  @Test
  void whatComesTwiceIsWrong() {
    RoomCheck check = listener(10, 11, 12, 13, 13);
    check.member(1, new int[] {11, 11, 13});
    expect(check, 0, 2);
  }

  @Test
  void whatWasNotSentHereIsWrong() {
    RoomCheck check = listener(10, 11, 12, 13, 14);
    check.member(1, new int[] {11, 9, 13});
    expect(check, 0, 2);
  }

  @Test
  void anOwnMessageIsWrong() {
    RoomCheck check = listener(10, 11, 12, 13);
    check.member(1, new int[] {10, 11, 13});
    expect(check, 0, 1);
  }
}
