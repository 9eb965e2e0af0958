package slipway.services.chat.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.account.Account;
import slipway.account.AccountName;
import slipway.account.Role;
import slipway.service.Delimiter;
import slipway.services.chat.Leaks;
import slipway.services.chat.store.Kind;
import slipway.services.chat.store.Message;
import slipway.services.chat.text.Day;
import slipway.services.chat.text.RoomName;
import slipway.services.chat.user.User;

/** Batches, and the members of a room that get them. */
@ExtendWith(Leaks.class)
class RoomTest {

  private static final RoomName LOBBY = RoomName.of("lobby");
  private static final long LIMIT = 1000;
  private static final Day DAY = Day.of(Instant.EPOCH.plus(Duration.ofDays(99)));

  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new ChannelOutboundHandlerAdapter() {
            @Override
            public void flush(ChannelHandlerContext context) {
              if (!stalls) {
                context.flush();
              }
            }
          },
          new ChannelInboundHandlerAdapter());
  private final AtomicInteger tooSlow = new AtomicInteger();
  private final User user = user(1);
  private final Room room = new Room(LOBBY, () -> LIMIT);
  private final LastDay told = new LastDay();
  private final StringBuilder received = new StringBuilder();
  private boolean stalls;

  @BeforeEach
  void begin() {
    channel.freezeTime();
    told.turns(DAY);
  }

  @AfterEach
  void end() {
    channel.finishAndReleaseAll();
  }

  private static User user(long id) {
    AccountName name = AccountName.of("u" + id);
    return new User(
        new Account(id, name, Role.USER, Instant.EPOCH, Optional.empty(), Optional.empty()), 0);
  }

  private Member member(Delimiter delimiter) {
    return new Member(
        user,
        7,
        channel.pipeline().lastContext(),
        delimiter,
        new Backlog(channel, tooSlow::incrementAndGet),
        told);
  }

  private Member loaded() {
    Member member = member(Delimiter.LF);
    member.loaded(LIMIT);
    return member;
  }

  private static Message message(long id, long account, String text, long origin) {
    return new Message(id, LOBBY, Instant.EPOCH, account, "ann", Kind.SAID, text, origin);
  }

  private static Batch batch(long... ids) {
    return Batch.of(
        java.util.Arrays.stream(ids).mapToObj(id -> message(id, 2, "é" + id, 0)).toList(), DAY);
  }

  /** Gives a member a batch and releases it, as a room does. */
  private static void deliver(Member member, Batch batch) {
    member.deliver(batch, LIMIT);
    batch.release();
  }

  /** The event loop has its next turn. */
  private void turn() {
    channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  private String received() {
    StringBuilder all = new StringBuilder();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      all.append(next.toString(StandardCharsets.UTF_8));
      next.release();
    }
    return all.toString();
  }

  @ParameterizedTest
  @EnumSource
  void linesAreEncodedOnceWithEachDelimiter(Delimiter delimiter) {
    Batch batch = batch(1, 2, 3);
    String end = delimiter.text();
    for (int from = 0; from <= 3; from++) {
      for (int to = from; to <= 3; to++) {
        ByteBuf slice = batch.slice(from, to, delimiter);
        String expected =
            Stream.of(1, 2, 3)
                .skip(from)
                .limit(to - from)
                .map(id -> "ann: é" + id + end)
                .reduce("", String::concat);
        assertThat(slice.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
        slice.release();
      }
    }
    assertThat(batch.bytes(delimiter)).isEqualTo(3 * (8 + end.length()));
    assertThat(batch.last()).isEqualTo(3);
    batch.release();
  }

  @Test
  void aMemberGetsWhatIsForItInOneWriteEach() {
    Member member = loaded();
    user.ignored().put(9L, "u9");
    deliver(
        member,
        Batch.of(
            List.of(
                message(1, 2, "one", 0),
                message(2, 1, "its own", 7),
                message(3, 1, "of its other device", 8),
                message(4, 9, "of one it ignores", 0),
                message(5, 2, "five", 0)),
            DAY));
    assertThat(received()).isEqualTo("ann: one\nann: of its other device\nann: five\n");
    assertThat(member.seen()).isEqualTo(5);
  }

  @Test
  void nothingIsShownTwice() {
    Member member = loaded();
    member.seen(4);
    deliver(member, batch(3, 4, 5));
    deliver(member, batch(5, 6));
    assertThat(received()).isEqualTo("ann: é5\nann: é6\n");
    deliver(member, Batch.notice("* news", 0, 0));
    deliver(member, Batch.notice("* not for u1", 0, 1));
    assertThat(received()).isEqualTo("* news\n");
    assertThat(member.seen()).isEqualTo(6);
  }

  @Test
  void whatHappensWhileAMemberIsLoadedComesBehind() {
    Member member = member(Delimiter.NUL);
    deliver(member, batch(1));
    deliver(member, Batch.notice("* news", 0, 0));
    assertThat(received()).isEmpty();
    member.loaded(LIMIT);
    assertThat(received()).isEqualTo("ann: é1\0* news\0");
  }

  @Test
  void aMemberThatIsLoadedForTooLongIsGivenUp() {
    Member member = member(Delimiter.LF);
    for (int i = 0; i < 1000; i++) {
      deliver(member, batch(i));
    }
    assertThat(tooSlow).hasValue(1);
    member.loaded(LIMIT);
    assertThat(received()).isEmpty();
  }

  @Test
  void aMemberThatReadsTooSlowlyIsGivenUpOnceAndGetsNothingMore() {
    Member member = loaded();
    stalls = true;
    for (int i = 1; i < 1000; i++) {
      deliver(member, batch(i));
    }
    assertThat(tooSlow).as("before the transport had its turn").hasValue(0);
    turn();
    assertThat(tooSlow).hasValue(1);
    deliver(member, batch(1000));
    turn();
    assertThat(tooSlow).hasValue(1);
    stalls = false;
    channel.flush();
    assertThat(received()).hasSizeLessThan((int) LIMIT).startsWith("ann: é1\nann: é2\n");
  }

  @Test
  void aBurstThatTheTransportCouldNotSendYetIsNotHeldAgainstAReader() {
    Member member = loaded();
    stalls = true; // as io_uring does until its event loop's next turn
    StringBuilder all = new StringBuilder();
    for (int i = 1; i < 1000; i++) {
      deliver(member, batch(i));
      all.append("ann: é").append(i).append('\n');
    }
    while (received.length() < all.length()) {
      stalls = false;
      channel.flush();
      stalls = true;
      int before = received.length();
      received.append(received());
      assertThat(received.length() - before).as("at once").isBetween(1, (int) LIMIT);
      turn();
    }
    assertThat(received).hasToString(all.toString());
    assertThat(tooSlow).hasValue(0);
  }

  @Test
  void aMemberThatLeavesGetsWhatWasHeldBack() {
    Member member = loaded();
    stalls = true;
    for (int i = 1; i <= 100; i++) {
      deliver(member, batch(i));
    }
    member.leave();
    stalls = false;
    channel.flush();
    assertThat(received().lines()).hasSize(100);
    turn();
    assertThat(tooSlow).hasValue(0);
  }

  @Test
  void whatIsHeldBackForAClosedChannelIsReleased() {
    Member member = loaded();
    stalls = true;
    for (int i = 1; i <= 100; i++) {
      deliver(member, batch(i));
    }
    channel.close();
    assertThatThrownBy(channel::checkException).isInstanceOf(ClosedChannelException.class);
    turn();
    member.leave();
    assertThat(tooSlow).hasValue(0);
  }

  @Test
  void whatAMemberAskedForIsNotHeldAgainstIt() {
    Backlog backlog = new Backlog(channel, tooSlow::incrementAndGet);
    stalls = true;
    backlog.asked(5000);
    channel.write(channel.alloc().buffer().writeZero(5000));
    assertThat(backlog.admits(LIMIT)).isTrue();
    channel.write(channel.alloc().buffer().writeZero(1000));
    assertThat(backlog.admits(LIMIT)).isFalse();
    stalls = false;
    channel.flush();
    assertThat(backlog.admits(LIMIT)).isTrue();
    stalls = true;
    channel.write(channel.alloc().buffer().writeZero(1001));
    assertThat(backlog.admits(LIMIT)).as("it has read what it asked for").isFalse();
  }

  @Test
  void aMemberThatLeftOrWhoseChannelIsClosedHoldsNothing() {
    Member loading = member(Delimiter.LF);
    deliver(loading, batch(1));
    loading.leave();
    deliver(loading, batch(2));
    Member member = loaded();
    channel.close();
    deliver(member, batch(3));
    assertThat(received()).isEmpty();
  }

  @Test
  void usersAreCountedByTheirDevices() {
    assertThat(room.countIn(user)).isTrue();
    assertThat(room.countIn(user)).isFalse();
    assertThat(room.users()).containsExactly(user);
    assertThat(room.has(1)).isTrue();
    assertThat(room.countOut(user)).isFalse();
    assertThat(room.countOut(user)).isTrue();
    assertThat(room.isEmpty()).isTrue();
    assertThat(room.countOut(user)).isFalse();
    assertThat(room.has(1)).isFalse();
  }

  @Test
  void oneWhoLeavesWhileLinesAreGivenOutTakesThemFromNobody() {
    Member[] second = new Member[1];
    Member first = loaded();
    second[0] =
        new Member(
            user(2),
            8,
            channel.pipeline().lastContext(),
            Delimiter.LF,
            new Backlog(channel, () -> room.remove(channel.eventLoop(), second[0])),
            told);
    room.add(channel.eventLoop(), first);
    room.add(channel.eventLoop(), second[0]); // still loading, so its lines are counted
    for (int i = 1; i <= 200; i++) {
      room.deliver(batch(i));
      channel.runPendingTasks();
    }
    assertThat(received().lines()).hasSize(200);
  }
}
