package slipway.services.chat.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import slipway.account.AccountName;
import slipway.account.Ban;
import slipway.account.Role;
import slipway.services.chat.Leaks;
import slipway.services.chat.text.Day;
import slipway.services.chat.text.Goodbye;
import slipway.services.chat.text.RoomName;
import slipway.services.chat.user.Device;

/** Two versions of the chat, between which users move. */
@ExtendWith(Leaks.class)
class HandOverTest {

  private static final String UPGRADED = "* the chat was upgraded to 2.0.0";

  private final TestChat old = new TestChat();
  private final TestChat next = old.next();

  @AfterEach
  void end() {
    old.end();
  }

  @Test
  void aUserStaysInTheRoomWithItsNameAndIsToldOnce() {
    TestUser ann = old.enter("ann");
    TestUser bob = old.enter("bob");
    TestUser carl = old.enter("carl");
    ann.type("/join Tea\n/nick zed\n/away brewing\n/ignore carl\n");
    bob.type("/join Tea\n");
    carl.type("/join tea\n");
    List.of(ann, bob, carl).forEach(TestUser::shown);

    ann.moveTo(next);

    assertThat(ann.shown()).containsExactly(UPGRADED);
    assertThat(bob.shown()).as("nobody has left").isEmpty();
    carl.type("not heard\n");
    bob.type("/who\n/msg zed psst\n");
    assertThat(bob.shown())
        .containsExactly(
            "carl: not heard",
            "* in Tea: bob, carl, ~zed (away: brewing)",
            "you (to zed): psst",
            "* zed is away: brewing");
    assertThat(ann.shown()).containsExactly("bob (to you): psst");
    ann.type("/rooms\nhello\n");
    assertThat(ann.shown()).containsExactly("* Tea: 3");
    assertThat(bob.shown()).containsExactly("~zed: hello");
    bob.moveTo(next);
    carl.moveTo(next);
    assertThat(old.hall.who(RoomName.of("tea"))).isEqualTo(next.hall.who(RoomName.of("tea")));
    assertThat(ann.shown()).isEmpty();
    ann.hangsUp();
    assertThat(bob.shown()).containsExactly(UPGRADED, "* ~zed has left");
  }

  @Test
  void messagesReachAllOnceAndInOneOrderWhileUsersAreSplit() {
    TestUser ann = old.enter("ann");
    TestUser bob = old.enter("bob");
    TestUser carl = old.enter("carl");
    TestUser dora = old.enter("dora");
    List.of(ann, bob, carl, dora).forEach(TestUser::shown);
    List<String> expected = new ArrayList<>();
    int number = 0;
    for (TestUser moving : List.of(bob, ann, carl, dora)) {
      for (TestUser sender : List.of(ann, bob)) {
        sender.type("m" + number + "\n");
        expected.add((sender == ann ? "ann" : "bob") + ": m" + number++);
        old.pass(Duration.ofSeconds(1));
      }
      moving.moveTo(next);
    }
    assertThat(carl.shown()).filteredOn(line -> !line.equals(UPGRADED)).isEqualTo(expected);
    assertThat(dora.shown()).filteredOn(line -> !line.equals(UPGRADED)).isEqualTo(expected);
    assertThat(ann.shown())
        .filteredOn(line -> !line.equals(UPGRADED))
        .isEqualTo(expected.stream().filter(line -> line.startsWith("bob")).toList());
  }

  @Test
  void aBurstThatTheTransportHasNotSentIsShownOnce() {
    old.slowLimit(5000);
    TestUser ann = old.enter("ann");
    TestUser bob = old.enter("bob");
    bob.shown();
    bob.stalls(); // as io_uring does until its event loop's next turn
    for (int i = 0; i < 5; i++) {
      ann.type(i + "x".repeat(2000) + "\n");
    }
    bob.moveTo(next);
    bob.reads();
    old.pass(Duration.ofMillis(1));
    assertThat(bob.shown())
        .filteredOn(line -> line.startsWith("ann: "))
        .extracting(line -> line.substring(5, 6))
        .containsExactly("0", "1", "2", "3", "4");
    assertThat(bob.isConnected()).isTrue();
  }

  @Test
  void whatIsSaidBetweenTwoVersionsIsShownByTheSecond() {
    TestUser ann = old.enter("ann");
    TestUser bob = old.enter("bob");
    bob.shown();
    bob.giveUp(next);
    ann.type("meanwhile\n");
    next.hold();
    bob.takeUp();
    ann.type("and then\n");
    assertThat(bob.shown()).isEmpty();
    next.answer();
    ann.type("at last\n");
    assertThat(bob.shown())
        .containsSubsequence("ann: meanwhile", "ann: and then", "ann: at last")
        .containsOnlyOnce(UPGRADED)
        .hasSize(4);
  }

  @Test
  void aUserIsGivenUpWhenItsMessageIsStoredAndNotBefore() {
    TestUser ann = old.enter("ann");
    TestUser bob = old.enter("bob");
    old.hold();
    ann.type("hello\nafter\n");
    CompletableFuture<Map<String, Object>> state = ann.giveUp(next);
    assertThat(state).isNotDone();
    old.answer();
    ann.takeUp();
    assertThat(bob.shown()).containsExactly("ann: hello", "ann: after");
    assertThat(ann.shown()).containsOnlyOnce(UPGRADED).doesNotContain("ann: hello");
  }

  @Test
  void whatIsPastedGoesOnInTheNextVersion() {
    TestUser ann = old.enter("ann");
    TestUser bob = old.enter("bob");
    StringBuilder pasted = new StringBuilder();
    IntStream.range(0, 10).forEach(i -> pasted.append("line ").append(i).append('\n'));
    ann.type(pasted.toString());
    ann.moveTo(next);
    old.pass(Duration.ofSeconds(10));
    for (int i = 0; i < 20; i++) {
      next.pass(Duration.ofMillis(500));
    }
    assertThat(bob.shown())
        .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "ann: line " + i).toList());
  }

  @Test
  void aPasswordThatIsBeingAskedForIsNotSaidToTheRoom() {
    TestUser ann = old.enter("ann");
    TestUser bob = old.enter("bob");
    ann.type("/password\n");
    ann.moveTo(next);
    ann.type("secret of ann\n");
    ann.moveTo(old);
    ann.shown();
    ann.type("another secret\n");
    assertThat(ann.shown()).containsExactly("* your password is changed");
    assertThat(bob.shown()).isEmpty();
  }

  @Test
  void whoIsLoggingInGoesOnWhereItWas() {
    old.enter("ann").hangsUp();
    TestUser ann = old.connect();
    ann.shown();
    ann.type("ann a guess\n");
    ann.moveTo(next); // during the pause
    assertThat(ann.shown()).isEmpty();
    next.pass(Duration.ofSeconds(1));
    assertThat(ann.shown()).containsExactly("* wrong name or password; your name?");
    ann.type("ann\n");
    ann.moveTo(old);
    ann.shown();
    ann.type("secret of ann\n");
    assertThat(ann.shown()).contains("* in lobby: ann");
  }

  @Test
  void anEndOfInputIsNotForgotten() {
    TestUser bob = old.enter("bob");
    TestUser ann = old.enter("ann");
    bob.shown();
    ann.type("1\n2\n3\n4\n5\n6\n7\n");
    ann.endsInput();
    ann.moveTo(next);
    next.pass(Duration.ofSeconds(1));
    next.pass(Duration.ofSeconds(1));
    assertThat(bob.shown())
        .containsExactly(
            "ann: 1", "ann: 2", "ann: 3", "ann: 4", "ann: 5", "ann: 6", "ann: 7", "* ann has left");
    assertThat(ann.isConnected()).isFalse();
  }

  @Test
  void aDatabaseThatIsAwayDropsNobody() {
    TestUser ann = old.enter("ann");
    TestUser bob = old.enter("bob");
    ann.type("before\n");
    bob.shown();
    next.database.away("no disk");
    bob.moveTo(next);
    assertThat(bob.shown()).containsExactly("* the chat continues when its database is back");
    ann.type("meanwhile\n");
    next.pass(Duration.ofSeconds(1));
    assertThat(bob.shown()).isEmpty();
    bob.moveTo(old); // a rollback meanwhile
    assertThat(bob.shown()).containsExactly("ann: meanwhile", "* the chat was upgraded to 1.0.0");
    bob.moveTo(next);
    bob.type("waits\n");
    next.database.away(null);
    ann.shown();
    next.pass(Duration.ofSeconds(1));
    assertThat(bob.shown())
        .containsExactly("* the chat continues when its database is back", UPGRADED);
    assertThat(ann.shown()).containsExactly("bob: waits");
  }

  @Test
  void aBanOrRemovalThatNeitherVersionHeardOfIsFound() {
    old.enter("op");
    TestUser ann = old.enter("ann");
    TestUser bob = old.enter("bob");
    TestUser carl = old.enter("carl");
    List.of(ann, bob, carl).forEach(TestUser::shown);
    List.of(ann, bob, carl).forEach(user -> assertThat(user.giveUp(next)).isCompleted());
    old.accounts.ban(
        AccountName.of("ann"), new Ban(Instant.parse("9000-01-01T00:00:00Z"), "", "op"));
    old.accounts.remove(AccountName.of("bob"));
    old.accounts.setRole(AccountName.of("carl"), Role.OPERATOR);
    ann.takeUp();
    bob.takeUp();
    carl.takeUp();
    assertThat(ann.shown()).singleElement().asString().startsWith("* you are banned until");
    assertThat(bob.shown()).containsExactly("* your account was removed");
    assertThat(bob.isConnected()).isFalse();
    carl.type("/kick op\n");
    assertThat(carl.shown()).contains("* connections of op that ended: 1");
  }

  @Test
  void aLineForAConnectionThatHasMovedFollowsIt() {
    TestUser ann = old.enter("ann");
    Device before = ann.session().device();
    ann.moveTo(next);
    ann.shown();
    before.show("bob (to you): psst");
    assertThat(ann.shown()).containsExactly("bob (to you): psst");
    before.end("* an operator ended your connection");
    old.settle();
    assertThat(ann.shown()).containsExactly("* an operator ended your connection");
    assertThat(ann.isConnected()).isFalse();
  }

  @Test
  void whoIsInBothVersionsIsNotAnnounced() {
    TestUser ann = old.enter("ann");
    TestUser phone = old.enter("bob");
    TestUser laptop = old.enter("bob");
    ann.shown();
    laptop.moveTo(next);
    phone.hangsUp();
    assertThat(ann.shown()).isEmpty();
    TestUser tablet = old.enter("bob");
    assertThat(ann.shown()).isEmpty();
    tablet.hangsUp();
    laptop.hangsUp();
    assertThat(ann.shown()).containsExactly("* bob has left");
  }

  @Test
  void operatorsReachUsersOfBothVersions() {
    old.enter("op").hangsUp();
    old.accounts.setRole(AccountName.of("op"), Role.OPERATOR);
    TestUser op = old.enter("op");
    TestUser phone = old.enter("bob");
    TestUser laptop = old.enter("bob");
    laptop.moveTo(next);
    op.shown();
    op.type("/mute bob 1m\n");
    laptop.type("hello\n");
    assertThat(laptop.shown()).last().asString().startsWith("* not sent:");
    op.type("/kick bob\n");
    assertThat(op.shown()).contains("* connections of bob that ended: 2");
    assertThat(phone.isConnected()).isFalse();
    assertThat(laptop.isConnected()).isFalse();
  }

  @Test
  void whoIsBeingClosedIsNotGivenUp() {
    TestUser ann = old.enter("ann");
    old.hold();
    ann.type("hello\n");
    CompletableFuture<Map<String, Object>> state = ann.giveUp(next);
    ann.session().device().end("* enough");
    old.answer();
    assertThat(state).isCompletedExceptionally();
    assertThat(ann.isConnected()).isFalse();
  }

  @Test
  void whatWaitsForASlowReaderIsNotHeldAgainstItByTheNextVersion() {
    TestUser ann = old.enter("ann");
    TestUser slow = old.enter("slow");
    slow.stalls();
    for (int i = 0; i < 4; i++) {
      ann.type("x".repeat(2000) + "\n");
    }
    next.settings = old.settings;
    slow.moveTo(next);
    ann.type("y\n");
    slow.reads();
    assertThat(slow.shown()).hasSize(6).endsWith("* the chat was upgraded to 2.0.0", "ann: y");
  }

  @Test
  void whatAnotherVersionDoesNotSayCountsAsAtTheBeginning() {
    TestUser bob = old.enter("bob");
    TestUser ann = old.enter("ann");
    ann.type("/join tea\n/nick zed\n/away x\n");
    bob.shown();
    ann.shown();
    Map<String, Object> state = ann.giveUp(next).join();
    Map<String, Object> least = Map.of("account", state.get("account"), "name", "ann");
    ann.takeUp(least);
    assertThat(ann.shown()).containsExactly(UPGRADED);
    bob.type("hello\n/who\n");
    assertThat(ann.shown()).containsExactly("bob: hello");
    assertThat(bob.shown()).containsExactly("* in lobby: ann, bob");
    ann.type("an answer\n");
    assertThat(bob.shown()).containsExactly("ann: an answer");
  }

  @Test
  void theDayThatWasToldIsKnownToTheNextVersion() {
    TestUser ann = old.enter("ann");
    TestUser bob = old.enter("bob");
    old.pass(Duration.ofDays(1));
    next.pass(Duration.ofDays(1));
    String today = Day.of(old.chat.clock().instant()).line();
    ann.type("one\n");
    bob.moveTo(next);
    ann.type("two\n");
    assertThat(bob.shown()).containsExactly(today, "ann: one", UPGRADED, "ann: two");
    old.pass(Duration.ofDays(1));
    next.pass(Duration.ofDays(1));
    String tomorrow = Day.of(old.chat.clock().instant()).line();
    bob.giveUp(next);
    ann.type("meanwhile\n");
    bob.takeUp();
    ann.type("three\n");
    assertThat(bob.shown()).containsExactly(tomorrow, "ann: meanwhile", "ann: three");
  }

  @Test
  void namesThatLookAlikeAreToldApartInBothVersionsTogether() {
    TestUser ann = old.enter("ann");
    TestUser bob = old.enter("bob");
    ann.type("/join moon\n/nick zoo\n");
    bob.moveTo(next);
    bob.shown();
    bob.type("/join m00n\n/nick z0o\n");
    assertThat(bob.shown())
        .containsExactly(
            "* not entered: the name m00n looks like that of the room moon",
            "* z0o looks like somebody else's name");
    ann.moveTo(next);
    bob.type("/nick z0o\n");
    assertThat(bob.shown()).containsExactly("* z0o looks like somebody else's name");
    ann.hangsUp();
    old.pass(Duration.ofSeconds(9));
    next.pass(Duration.ofSeconds(9));
    bob.type("/nick z0o\n");
    assertThat(bob.shown()).containsExactly("* bob is known as ~z0o now");
  }

  private void passes(Duration time) {
    old.pass(time);
    next.pass(time);
  }

  @Test
  void aPasswordThatChangesBetweenTwoVersionsEndsTheSession() {
    TestUser ann = old.enter("ann");
    passes(Duration.ofSeconds(1));
    ann.giveUp(next);
    old.accounts.setPassword(AccountName.of("ann"), "another one".getBytes(UTF_8));
    ann.takeUp();
    assertThat(ann.shown()).containsExactly(Goodbye.PASSWORD_CHANGED);
    assertThat(ann.isConnected()).isFalse();
    assertThat(next.hall.users().find(AccountName.of("ann"))).isEmpty();
    passes(Duration.ofSeconds(1));
    TestUser later = old.connect();
    later.type("ann another one\n");
    later.shown();
    later.moveTo(next);
    assertThat(later.shown()).containsExactly(UPGRADED);
  }

  @Test
  void aPasswordThatChangesOnTheWayEndsTheSessionAlsoIfTheDatabaseIsAway() {
    TestUser ann = old.enter("ann");
    passes(Duration.ofSeconds(1));
    ann.giveUp(next);
    old.accounts.setPassword(AccountName.of("ann"), "another one".getBytes(UTF_8));
    next.database.away("no disk");
    ann.takeUp();
    assertThat(ann.shown()).containsExactly(Goodbye.PASSWORD_CHANGED);
  }

  @Test
  void whoHasChangedThePasswordStaysInTheNextVersion() {
    TestUser ann = old.enter("ann");
    TestUser phone = old.enter("ann");
    passes(Duration.ofSeconds(1));
    ann.type("/password\nsecret of ann\nanother one\n");
    assertThat(phone.isConnected()).isFalse();
    ann.text();
    ann.moveTo(next);
    assertThat(ann.shown()).containsExactly(UPGRADED);
  }

  @Test
  void whatWasMissedIsShownUpToANumberAndTheRestIsCounted() throws Exception {
    TestUser ann = old.enter("ann");
    ann.shown();
    ann.giveUp(next);
    for (int i = 1; i <= 520; i++) {
      old.execute(
          "INSERT INTO chat_message (id, room, sent, account, name, kind, content) VALUES ("
              + i
              + ", 'lobby', "
              + old.chat.clock().instant().toEpochMilli()
              + ", 99, 'Zed', 'SAID', 'm"
              + i
              + "')");
    }
    old.execute("UPDATE chat_sequence SET last_message = 520");
    ann.takeUp();
    List<String> shown = ann.shown();
    assertThat(shown)
        .hasSize(502)
        .startsWith(
            "* messages that are left out: 20; /history 50 before 21 shows the last of them",
            "Zed: m21")
        .endsWith("Zed: m520", UPGRADED);
  }

  @Test
  void eachKeyMayBeMissingOrOfAnotherType() {
    TestUser bob = old.enter("bob");
    TestUser ann = old.enter("ann");
    ann.type("/password\n");
    ann.moveTo(next);
    for (String key : List.copyOf(ann.giveUp(next).join().keySet())) {
      if (key.equals("account") || key.equals("name") || key.equals("delimiter")) {
        continue;
      }
      for (Object other : new Object[] {null, 7.5, List.of("x")}) {
        TestUser carl = old.enter("carl");
        carl.type("/password\nsecret of carl\n");
        carl.text();
        bob.shown();
        Map<String, Object> state = new HashMap<>(carl.giveUp(next).join());
        state.remove(key);
        if (other != null) {
          state.put(key, other);
        }
        carl.takeUp();
        assertThat(carl.shown()).as("%s is %s", key, other).containsExactly(UPGRADED);
        assertThat(next.hall.users().find(AccountName.of("carl"))).isPresent();
        carl.hangsUp();
        old.pass(Duration.ofSeconds(10));
      }
    }
  }

  @Test
  void aTakeUpThatFailsLeavesNobodyBehind() {
    TestUser bob = old.enter("bob");
    for (Map<String, Object> broken :
        List.<Map<String, Object>>of(
            Map.of("name", "no name at all"),
            Map.of("nick", "no name"),
            Map.of("room", "no room"))) {
      String name = "ann-" + broken.keySet().iterator().next();
      TestUser ann = old.enter(name);
      bob.shown();
      Map<String, Object> refused = new HashMap<>(ann.giveUp(next).join());
      refused.putAll(broken);
      ann.takeUp(refused);
      staysInTheOldVersionAlone(ann);
      ann.type("hello\n");
      ann.hangsUp();
      assertThat(bob.shown()).containsExactly(name + ": hello", "* " + name + " has left");
    }
  }

  private void staysInTheOldVersionAlone(TestUser user) {
    next.settle();
    assertThat(user.version()).isEqualTo(old.version);
    assertThat(next.hall.users().accounts()).isEmpty();
    assertThat(next.hall.rooms()).isEqualTo(old.hall.rooms());
    assertThat(old.hall.who(RoomName.of("lobby"))).hasSize(2);
  }

  @Test
  void aTakeUpThatFailedIsTriedAgain() {
    TestUser bob = old.enter("bob");
    TestUser ann = old.enter("ann");
    bob.shown();
    next.breaks(new IllegalStateException("it ends"));
    ann.isToMoveTo(next);
    next.breaks(null);
    staysInTheOldVersionAlone(ann);
    old.pass(Duration.ofSeconds(1));
    assertThat(ann.version()).isEqualTo(next.version);
    assertThat(ann.shown()).containsExactly(UPGRADED);
    ann.hangsUp();
    assertThat(bob.shown()).containsExactly("* ann has left");
  }

  @Test
  void whoIsTakenOutWithoutHavingBeenAskedLeavesNobodyBehind() {
    TestUser bob = old.enter("bob");
    TestUser ann = old.enter("ann");
    TestUser stranger = old.connect();
    bob.shown();
    for (TestUser moving : List.of(ann, stranger)) {
      moving.cannotMoveTo(next);
      staysInTheOldVersionAlone(moving);
    }
    assertThat(bob.shown()).isEmpty();
    stranger.shown();
    stranger.type("carl secret of carl\n");
    assertThat(stranger.shown()).contains("* in lobby: ann, bob, carl");
  }

  /** Types as well as keys: a version that another one is rolled back to reads them. */
  @Test
  void whatIsGivenIsWhatEachVersionHasExpectedSoFar() {
    old.enter("bob");
    TestUser ann = old.enter("ann");
    ann.type("/ignore bob\n/nick zed\nhello\nhalf");
    Map<String, Object> in = ann.giveUp(next).join();
    assertTypes(
        in,
        Map.ofEntries(
            Map.entry("chat", String.class),
            Map.entry("account", Long.class),
            Map.entry("name", String.class),
            Map.entry("role", String.class),
            Map.entry("created", Instant.class),
            Map.entry("nick", String.class),
            Map.entry("looks", Collection.class),
            Map.entry("away", String.class),
            Map.entry("ignored", Map.class),
            Map.entry("room", String.class),
            Map.entry("seen", Long.class),
            Map.entry("place", String.class),
            Map.entry("since", Long.class),
            Map.entry("day", Long.class),
            Map.entry("question", String.class),
            Map.entry("oldPassword", byte[].class),
            Map.entry("delimiter", String.class),
            Map.entry("telnet", String.class),
            Map.entry("undecoded", Integer.class),
            Map.entry("waiting", Collection.class),
            Map.entry("inputEnded", Boolean.class)));
    assertThat(in)
        .containsEntry("ignored", Map.of(old.account("bob").id(), "bob"))
        .containsEntry("undecoded", 4);
    TestUser stranger = old.connect();
    stranger.type("ann a guess\nann\n");
    Map<String, Object> out = stranger.giveUp(next).join();
    assertTypes(
        out,
        Map.of(
            "failures", Integer.class,
            "refusals", Integer.class,
            "refusal", String.class,
            "delimiter", String.class,
            "telnet", String.class,
            "undecoded", Integer.class,
            "waiting", Collection.class,
            "inputEnded", Boolean.class));
    assertThat((Collection<?>) out.get("waiting")).singleElement().isEqualTo("ann".getBytes(UTF_8));
  }

  private static void assertTypes(Map<String, Object> given, Map<String, Class<?>> expected) {
    assertThat(given).containsOnlyKeys(expected.keySet());
    expected.forEach((key, type) -> assertThat(given.get(key)).as(key).isInstanceOf(type));
  }

  @Test
  void aLogInThatIsUnderWayIsGivenUpWhenItIsAnswered() {
    old.enter("ann").hangsUp();
    TestUser ann = old.connect();
    ann.shown();
    old.accountCalls.hold();
    ann.type("ann secret of ann\n");
    CompletableFuture<Map<String, Object>> state = ann.giveUp(next);
    ann.type("hello\n"); // the old version is read on meanwhile
    assertThat(state).isNotDone();
    old.accountCalls.release();
    old.settle();
    assertThat(ann.shown()).contains("* in lobby: ann");
    TestUser bob = old.enter("bob");
    ann.takeUp();
    assertThat(ann.shown()).containsExactly(UPGRADED);
    assertThat(bob.shown()).containsExactly("ann: hello");
  }

  @Test
  void whatACommandTellsTheRoomReachesWhoHasGivenItBeforeTheConnectionGoes() {
    TestUser ann = old.enter("ann");
    TestUser bob = old.enter("bob");
    ann.shown();
    for (String command : List.of("/nick zed\n", "/topic tea\n")) {
      old.accountCalls.hold();
      old.hold();
      ann.type(command);
      CompletableFuture<Map<String, Object>> state = ann.giveUp(next);
      assertThat(state).isNotDone();
      old.accountCalls.release();
      old.answer();
      ann.takeUp();
      List<String> told = bob.shown();
      assertThat(told).hasSize(1);
      assertThat(ann.shown()).containsExactly(told.get(0), UPGRADED);
      ann.moveTo(old);
      ann.shown();
    }
  }

  @Test
  void aLogInThatIsNotAnsweredInTimeGoesOnInTheOldVersion() {
    TestUser bob = old.enter("bob");
    TestUser ann = old.connect();
    old.accountCalls.hold();
    ann.type("ann secret of ann\nhello\n");
    ann.isToMoveTo(next);
    old.pass(Duration.ofSeconds(5)); // the host waits no longer
    old.accountCalls.release();
    old.settle();
    assertThat(bob.shown()).containsExactly("* ann has come in", "ann: hello");
    ann.shown();
    assertThat(ann.version()).isEqualTo(old.version);
    old.pass(Duration.ofSeconds(1));
    assertThat(ann.version()).isEqualTo(next.version);
    assertThat(ann.shown()).containsExactly(UPGRADED);
  }

  @Test
  void aLineAndACommandThatAreCutByTheSwapGoOn() {
    TestUser bob = old.enter("bob");
    byte[] typed = {
      'a',
      (byte) 255,
      (byte) 255,
      'b',
      (byte) 255,
      (byte) 253,
      6,
      'c',
      '\r',
      '\n',
      'd',
      '\r',
      0,
      'e',
      '\n'
    };
    for (int cut = 0; cut <= typed.length; cut++) {
      TestUser ann = old.enter("ann" + cut);
      bob.shown();
      ann.send(Arrays.copyOf(typed, cut));
      ann.moveTo(next);
      ann.send(Arrays.copyOfRange(typed, cut, typed.length));
      assertThat(bob.shown())
          .as("cut at %s", cut)
          .containsExactly("ann" + cut + ": a\ufffdbc", "ann" + cut + ": d", "ann" + cut + ": e");
      ann.hangsUp();
      old.pass(Duration.ofSeconds(10));
    }
  }
}
