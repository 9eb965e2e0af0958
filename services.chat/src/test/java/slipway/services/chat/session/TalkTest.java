package slipway.services.chat.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import slipway.account.AccountName;
import slipway.account.Role;
import slipway.service.GoingAway;
import slipway.services.chat.Leaks;
import slipway.services.chat.text.Day;
import slipway.services.chat.text.RoomName;
import slipway.text.Times;

@ExtendWith(Leaks.class)
class TalkTest {

  private static final String TIME = "\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d] ";

  private final TestChat chat = new TestChat();

  @AfterEach
  void end() {
    chat.end();
  }

  private void set(int messageLength, int burst, int slowLimit, int historyShown) {
    set(messageLength, burst, slowLimit, historyShown, Duration.ZERO);
  }

  private void set(
      int messageLength, int burst, int slowLimit, int historyShown, Duration newMute) {
    ChatSettings old = chat.settings;
    chat.settings =
        new ChatSettings(
            old.room(),
            old.registration(),
            old.loginTimeout(),
            old.loginTries(),
            old.addressTries(),
            old.addressLogIns(),
            old.nameTries(),
            newMute,
            old.addressConnections(),
            old.userConnections(),
            messageLength,
            burst,
            old.messageRate(),
            slowLimit,
            old.idleTimeout(),
            historyShown,
            old.historyAge(),
            old.historyCount(),
            old.topicOperators());
  }

  private TestUser operator() {
    chat.enter("op").hangsUp();
    chat.accounts.setRole(AccountName.of("op"), Role.OPERATOR);
    return chat.enter("op");
  }

  @Test
  void whoIsNewMayReadOnlyForAsLongAsIsConfigured() {
    TestUser ann = chat.enter("ann"); // registered at the epoch
    TestUser bob = chat.enter("bob");
    Duration age = Duration.between(Instant.EPOCH, chat.chat.clock().instant());
    set(2048, 1000, 98_304, 50, age.plusMinutes(10));
    ann.type("hello\n/topic cats\n/msg bob psst\n");
    assertThat(ann.shown())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("* not sent: new accounts may talk from "));
    assertThat(bob.shown()).isEmpty();
    chat.pass(Duration.ofMinutes(10));
    ann.type("hello\n");
    assertThat(bob.shown()).containsExactly("ann: hello");
  }

  @Test
  void anOperatorMayTalkAlsoIfNew() {
    TestUser op = operator();
    TestUser bob = chat.enter("bob");
    set(2048, 1000, 98_304, 50, Duration.ofDays(36_500));
    op.type("hello\n");
    assertThat(bob.shown()).containsExactly("op: hello");
  }

  // ---- messages ------------------------------------------------------------------------------

  @Test
  void aLineGoesToAllOthersInTheRoomAndToTheSendersOtherDevices() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    TestUser laptop = chat.enter("ann");
    ann.type("hello\n//slash\n/me waves\n");
    List<String> said = List.of("ann: hello", "ann: /slash", "** ann waves");
    assertThat(bob.shown()).isEqualTo(said);
    assertThat(laptop.shown()).isEqualTo(said);
    assertThat(ann.shown()).isEmpty();
  }

  @Test
  void aMessageOfWhichNothingWouldBeSeenIsRefusedAndToldAndABareEnterIsNot() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.shown();
    ann.type("\n  \n\u3164\n\u001b[2J\n/me \u2800\n");
    assertThat(ann.shown())
        .containsExactly(
            "* not sent: it has no visible characters",
            "* not sent: it has no visible characters",
            "* usage: /me TEXT");
    ann.type("\ud83e\udeea\n");
    assertThat(bob.shown()).containsExactly("ann: \ud83e\udeea");
  }

  @Test
  void aMessageIsShownToNobodyBeforeItIsStored() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    chat.hold();
    ann.type("hello\n");
    assertThat(bob.shown()).isEmpty();
    chat.answer();
    assertThat(bob.shown()).containsExactly("ann: hello");
  }

  @Test
  void whatWasBeforeIsShownWithTimesAndNothingTwice() {
    TestUser ann = chat.enter("ann");
    ann.type("one\n");
    TestUser bob = chat.connect();
    bob.shown();
    chat.hold();
    bob.type("bob secret one\n");
    ann.type("two\n");
    chat.answer();
    ann.type("three\n");
    List<String> shown = bob.shown();
    assertThat(shown.get(2)).isEqualTo("* before, in lobby:");
    assertThat(shown.get(3)).matches(TIME + "ann: one");
    assertThat(shown.stream().filter(line -> line.endsWith("ann: two"))).hasSize(1);
    assertThat(shown).endsWith("ann: three");
    assertThat(shown.indexOf("* in lobby: ann, bob")).isLessThan(shown.size() - 1);
  }

  @Test
  void theLastMessagesOnlyAreShownAndMoreOnDemand() {
    set(2048, 1000, 98_304, 3);
    TestUser ann = chat.enter("ann");
    IntStream.rangeClosed(1, 5).forEach(i -> ann.type("m" + i + "\n"));
    TestUser bob = chat.connect();
    bob.type("bob secret one\n");
    assertThat(bob.shown())
        .contains("* more: /history 50 before 3")
        .filteredOn(line -> line.contains("ann: "))
        .hasSize(3);
    bob.type("/history 50 before 3\n");
    assertThat(bob.shown())
        .satisfiesExactly(
            one -> assertThat(one).matches("#1 " + TIME + "ann: m1"),
            two -> assertThat(two).matches("#2 " + TIME + "ann: m2"));
    bob.type("/history 1\n/history 5 before 1\n/history x\n");
    assertThat(bob.shown())
        .satisfiesExactly(
            last -> assertThat(last).endsWith("ann: m5"),
            none -> assertThat(none).isEqualTo("* there is nothing before"),
            wrong -> assertThat(wrong).isEqualTo("* usage: /history [N] [before ID]"));
  }

  @Test
  void nothingThatAUserTypesCommandsTheTerminalOfAnother() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    String evil = "\u001b[2J\u0007\u009b31m\u202ee";
    ann.type(evil + "\n/me " + evil + "\n/msg bob " + evil + "\n/topic " + evil + "\n");
    chat.pass(Duration.ofSeconds(5));
    ann.type("/away " + evil + "\n/nick " + evil + "\n/join #" + evil + "\n");
    chat.pass(Duration.ofSeconds(5));
    bob.type("/who\n/rooms\n/msg ann x\n/topic\n");
    bob.type("/ignore \u001b[2J\n/" + evil + "\n");
    ann.send(new byte[] {(byte) 0xff, (byte) 0xff, 0x1b, '[', 'A', 0, '\r', '\n'});
    chat.pass(Duration.ofSeconds(5));
    TestUser carl = chat.connect();
    carl.type("carl secret one\n/kick " + evil + "\n");
    for (TestUser user : List.of(ann, bob, carl)) {
      String text = user.text();
      assertThat(text).isNotEmpty();
      assertThat(text.replace("\n", "").chars())
          .noneMatch(c -> Character.isISOControl(c) || c == 0x202e);
    }
  }

  @Test
  void aMessageThatIsTooLongIsNotSentAndSoIsALineThatNeverEnds() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.shown();
    ann.type("é".repeat(1024) + "\n" + "é".repeat(1025) + "\n");
    assertThat(bob.shown()).containsExactly("ann: " + "é".repeat(1024));
    assertThat(ann.shown())
        .containsExactly("* not sent: a message has at most 2048 bytes, this one has 2050");
    set(1, 5, 98_304, 50);
    ann.type("12\n/msg bob 12\n");
    assertThat(bob.shown()).isEmpty();
    assertThat(ann.shown()).hasSize(2).allMatch(line -> line.contains("at most 1 bytes"));
    for (int i = 0; i < 100; i++) {
      ann.type("x".repeat(10_000));
    }
    ann.type("\nb\n");
    assertThat(ann.shown()).containsExactly("* not sent: a line has at most 16448 bytes");
    assertThat(bob.shown()).containsExactly("ann: b");
  }

  @Test
  void whoPastesIsToldOnceAndNothingIsLost() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.shown();
    StringBuilder pasted = new StringBuilder();
    IntStream.range(0, 20).forEach(i -> pasted.append("line ").append(i).append('\n'));
    ann.type(pasted.toString());
    assertThat(bob.shown()).hasSize(5);
    assertThat(ann.isRead()).as("no more is read than is sent on").isFalse();
    assertThat(ann.shown())
        .containsExactly("* slow down: 2 messages a second are sent on; the others wait");
    chat.pass(Duration.ofMillis(500));
    assertThat(bob.shown()).containsExactly("ann: line 5");
    for (int i = 0; i < 14; i++) {
      chat.pass(Duration.ofMillis(500));
    }
    assertThat(bob.shown())
        .isEqualTo(IntStream.range(6, 20).mapToObj(i -> "ann: line " + i).toList());
    assertThat(ann.shown()).isEmpty();
    assertThat(ann.isRead()).isTrue();
  }

  private void failsAndIsClosed(TestUser ann) {
    assertThat(ann.isConnected()).isFalse();
    assertThat(chat.hall.who(RoomName.of("lobby"))).containsExactly("bob");
  }

  @Test
  void aLineThatFailsIsLeftToTheHostWhichClosesTheConnection() {
    chat.enter("bob");
    TestUser ann = chat.enter("ann");
    ChatSettings good = chat.settings;
    chat.settings = null;
    ann.type("one\n");
    chat.settings = good;
    assertThat(ann.isConnected()).isFalse();
    assertThat(chat.hall.who(RoomName.of("lobby"))).containsExactly("bob");
  }

  @Test
  void aLineThatFailsBehindAPauseIsLeftToTheHostToo() {
    chat.enter("bob");
    TestUser ann = chat.enter("ann");
    ChatSettings good = chat.settings;
    ann.type("1\n2\n3\n4\n5\n6\n7\n");
    chat.settings = null;
    chat.pass(Duration.ofSeconds(1));
    chat.settings = good;
    failsAndIsClosed(ann);
  }

  @Test
  void anAnswerThatFailsIsLeftToTheHostToo() {
    chat.enter("bob");
    TestUser ann = chat.enter("ann");
    ann.type("/join tea\n");
    chat.hold();
    ann.type("/leave\nbehind it\n");
    ChatSettings good = chat.settings;
    chat.settings = null;
    chat.answer();
    chat.settings = good;
    failsAndIsClosed(ann);
  }

  @Test
  void commandsThatOthersSeeArePacedToo() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.type("/nick a1\n/nick a2\n/topic t\n/join x\n/leave\n/nick a3\n/nick a4\n/quit\n");
    assertThat(bob.shown())
        .containsExactly(
            "* ann is known as ~a1 now",
            "* ~a1 is known as ~a2 now",
            "* ~a2 says what it is about: t",
            "* ~a2 has left",
            "* ~a2 has come in");
    chat.pass(Duration.ofMillis(500));
    assertThat(bob.shown()).containsExactly("* ~a2 is known as ~a3 now");
    chat.pass(Duration.ofMillis(500));
    assertThat(bob.shown()).containsExactly("* ~a3 is known as ~a4 now", "* ~a4 has left");
  }

  @Test
  void aMessageThatIsNotStoredIsSaid() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.shown();
    chat.database.away("no disk");
    ann.type("hello\n/topic x\n/history\n");
    assertThat(bob.shown()).isEmpty();
    assertThat(ann.shown())
        .containsExactly(
            "* not sent: the database is away, try again later",
            "* the database is away, try again later",
            "* the database is away, try again later");
    chat.database.away(null);
    ann.type("again\n");
    assertThat(bob.shown()).containsExactly("ann: again");
  }

  @Test
  void aPrivateMessageGoesToOneUserAndTellsWhyThereIsNoAnswer() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    TestUser carl = chat.enter("carl");
    chat.enter("nobody").hangsUp();
    List.of(ann, bob, carl).forEach(TestUser::shown);
    bob.type("/away at lunch\n");
    assertThat(bob.shown()).containsExactly("* you are away: at lunch");
    ann.type("/msg BOB psst, you\n/msg nobody x\n/msg bob\n");
    assertThat(bob.shown()).containsExactly("ann (to you): psst, you");
    assertThat(ann.shown())
        .containsExactly(
            "you (to BOB): psst, you",
            "* BOB is away: at lunch",
            "* nobody is not here",
            "* usage: /msg NAME TEXT");
    assertThat(carl.shown()).isEmpty();
    carl.type("/who\n");
    assertThat(carl.shown()).containsExactly("* in lobby: ann, bob (away: at lunch), carl");
  }

  @Test
  void whoIsIgnoredIsNotHeardUntilHeardAgain() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    bob.type("/ignore ann\n/ignore bob\n/ignore\n/ignore nobody\n");
    assertThat(bob.shown())
        .containsExactly(
            "* you ignore ann; /ignore ann ends that",
            "* you cannot ignore yourself",
            "* you ignore ann",
            "* there is no nobody");
    ann.type("hello\n/msg bob hello\n");
    assertThat(bob.shown()).isEmpty();
    chat.pass(Duration.ofSeconds(5));
    bob.type("/history\n/ignore ann\n");
    assertThat(bob.shown()).containsExactly("* you no longer ignore ann");
    ann.type("hello again\n");
    assertThat(bob.shown()).containsExactly("ann: hello again");
  }

  @Test
  void nothingIsSeenOfWhoIsIgnored() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    bob.type("/ignore ann\n");
    bob.shown();
    ann.type("/me waves\n/nick zed\n/topic tea\n/join x\n/leave\n");
    chat.pass(Duration.ofSeconds(5));
    ann.hangsUp();
    assertThat(bob.shown()).isEmpty();
    chat.connect().type("carl secret one\n");
    assertThat(bob.shown()).containsExactly("* carl has come in");
  }

  @Test
  void whoIsIgnoredStaysSoUntilHeardAgain() throws Exception {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    bob.type("/ignore ann\n");
    bob.hangsUp();
    TestUser again = chat.enter("bob");
    again.type("/ignore\n");
    assertThat(again.shown()).containsExactly("* you ignore ann");
    ann.type("hello\n");
    assertThat(again.shown()).isEmpty();
    chat.database.away("no disk");
    again.type("/ignore ann\n");
    assertThat(again.shown())
        .containsExactly(
            "* you no longer ignore ann, until you leave: the database is away, try again later");
    chat.database.away(null);
    again.type("/ignore ann\n/ignore ann\n");
    chat.pass(Duration.ofSeconds(5));
    again.hangsUp();
    TestUser last = chat.enter("bob");
    last.type("/ignore\n");
    assertThat(last.shown()).containsExactly("* you ignore nobody");
    assertThat(chat.column("SELECT name FROM chat_ignore")).isEmpty();
  }

  // ---- rooms ---------------------------------------------------------------------------------

  private String today() {
    return Day.of(chat.chat.clock().instant()).line();
  }

  @Test
  void theTimeAndTheZoneAreToldOnceAlsoIfNothingWasBefore() {
    TestUser ann = chat.connect();
    ann.type("ann secret one\n");
    Instant now = chat.chat.clock().instant();
    String told = "* it is " + Times.of(now) + "; times are " + Times.zone(now);
    assertThat(ann.shown()).containsSubsequence(told, "* in lobby: ann").containsOnlyOnce(told);
    ann.type("/join tea\n/leave\n");
    assertThat(ann.shown()).noneMatch(line -> line.contains("times are"));
  }

  @Test
  void theFirstMessageOfAnotherDayComesBehindItsDate() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.type("today\n");
    chat.pass(Duration.ofDays(1));
    ann.type("tomorrow\nand on\n");
    assertThat(bob.shown()).containsExactly("ann: today", today(), "ann: tomorrow", "ann: and on");
    bob.type("/join tea\n/leave\n");
    bob.shown();
    ann.type("the same day\n");
    assertThat(bob.shown()).containsExactly("ann: the same day");
    chat.pass(Duration.ofDays(2));
    ann.type("/msg bob psst\n");
    ann.type("all hear\n");
    assertThat(bob.shown()).containsExactly(today(), "ann (to you): psst", "ann: all hear");
    bob.type("yes?\n");
    assertThat(ann.shown()).endsWith("you (to bob): psst", today(), "bob: yes?");
  }

  @Test
  void aDayIsNotToldForWhatIsNotShown() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    bob.type("/ignore ann\n");
    bob.shown();
    chat.pass(Duration.ofDays(1));
    ann.type("not heard\n/msg bob psst\n");
    chat.enter("carl");
    assertThat(bob.shown()).isEmpty();
  }

  @Test
  void messagesOfTwoDaysThatAreHandedOnTogetherArePartedByTheDate() throws Exception {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    Instant now = chat.chat.clock().instant();
    for (int i = 1; i <= 4; i++) {
      Instant sent = now.plus(Duration.ofDays(i / 2));
      chat.execute(
          "INSERT INTO chat_message (id, room, sent, account, name, kind, content) VALUES ("
              + i
              + ", 'lobby', "
              + sent.toEpochMilli()
              + ", 99, 'Zed', 'SAID', 'm"
              + i
              + "')");
    }
    chat.execute("UPDATE chat_sequence SET last_message = 4");
    chat.pass(Duration.ofDays(2));
    ann.type("now\n");
    assertThat(bob.shown())
        .containsExactly(
            "Zed: m1",
            Day.of(now.plus(Duration.ofDays(1))).line(),
            "Zed: m2",
            "Zed: m3",
            today(),
            "Zed: m4",
            "ann: now");
  }

  @Test
  void whoGoesToAnotherRoomIsAnnouncedAndHearsThatRoomOnly() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.shown();
    bob.type("/join #Tea\n");
    assertThat(ann.shown()).containsExactly("* bob has left");
    assertThat(bob.shown()).containsExactly("* in Tea: bob");
    ann.type("to the lobby\n/rooms\n/who tea\n");
    assertThat(bob.shown()).isEmpty();
    assertThat(ann.shown()).containsExactly("* lobby: 1", "* Tea: 1", "* in tea: bob");
    bob.type("tea?\n/leave\n");
    assertThat(ann.shown()).containsExactly("* bob has come in");
    assertThat(bob.shown())
        .satisfiesExactly(
            before -> assertThat(before).isEqualTo("* before, in lobby:"),
            line -> assertThat(line).matches(TIME + "ann: to the lobby"),
            who -> assertThat(who).isEqualTo("* in lobby: ann, bob"));
    ann.type("/join TEA\n");
    assertThat(ann.shown()).anyMatch(line -> line.matches(TIME + "bob: tea\\?"));
  }

  @Test
  void whoGoesToTheRoomThatItIsInStaysThere() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.shown();
    ann.type("/join lobby\n/join #LOBBY\n/leave\n");
    assertThat(ann.shown()).containsOnly("* you are in lobby already").hasSize(3);
    assertThat(bob.shown()).isEmpty();
    ann.type("to all\n");
    assertThat(bob.shown()).containsExactly("ann: to all");
  }

  private void keeps(String room) throws Exception {
    chat.execute(
        "INSERT INTO chat_message (id, room, sent, account, name, kind, content) SELECT"
            + " last_message + 1, '"
            + room
            + "', 1, 99, 'Zed', 'SAID', 'kept' FROM chat_sequence");
    chat.execute("UPDATE chat_sequence SET last_message = last_message + 1");
  }

  @Test
  void aRoomThatLooksLikeOneThereIsIsNotEntered() throws Exception {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    keeps("old-room");
    ann.type("/join Moon\n");
    bob.shown();
    bob.type("/join m00n\n/join 0ld-room\n/join l0bby\n/rooms\n");
    assertThat(bob.shown())
        .containsExactly(
            "* not entered: the name m00n looks like that of the room moon",
            "* not entered: the name 0ld-room looks like that of the room old-room",
            "* not entered: the name l0bby looks like that of the room lobby",
            "* lobby: 1",
            "* Moon: 1");
    chat.pass(Duration.ofSeconds(9));
    ann.type("/leave\n"); // nothing was said there: so there is no such room
    bob.type("/join m00n\nsaid\n");
    assertThat(bob.shown()).endsWith("* in m00n: bob");
    bob.type("/leave\n");
    bob.shown();
    ann.type("/join moon\n");
    assertThat(ann.shown())
        .endsWith("* not entered: the name moon looks like that of the room m00n");
  }

  private record Two(TestUser ann, TestUser bob) {}

  /**
   * Two users who ask for something, with nothing answered yet.
   *
   * @param hold holds what is to answer them
   */
  private Two askAtOnce(Runnable hold, String ofAnn, String ofBob) {
    Two two = new Two(chat.enter("ann"), chat.enter("bob"));
    hold.run();
    two.ann().type(ofAnn);
    two.bob().type(ofBob);
    return two;
  }

  @Test
  void ofTwoNewRoomsThatLookAlikeAndAreEnteredAtOnceOneIsMade() {
    Two two = askAtOnce(chat::hold, "/join moon\n", "/join m00n\n");
    chat.answer();
    two.ann().type("/rooms\n");
    assertThat(two.ann().shown()).contains("* in moon: ann", "* lobby: 1", "* moon: 1");
    assertThat(two.bob().shown())
        .containsExactlyInAnyOrder(
            "* ann has left", "* not entered: the name m00n looks like that of the room moon");
  }

  @Test
  void aNewRoomIsEnteredByAllWhoNameItAtOnce() {
    Two two = askAtOnce(chat::hold, "/join moon\n", "/join MOON\n");
    chat.answer();
    two.ann().type("/rooms\n");
    assertThat(two.ann().shown()).endsWith("* moon: 2");
  }

  @Test
  void aNameThatWasAskedForByWhoHasGoneIsFree() {
    Two two = askAtOnce(chat::hold, "/join moon\n", "/join m00n\n");
    two.ann().hangsUp();
    chat.answer();
    assertThat(two.bob().shown()).endsWith("* in m00n: bob");
  }

  @Test
  void ofTwoNicksThatLookAlikeAndAreTakenAtOnceOneIsGiven() {
    Two two = askAtOnce(chat.accountCalls::hold, "/nick moon\n", "/nick m00n\n");
    chat.accountCalls.release();
    chat.settle();
    assertThat(two.bob().shown())
        .containsExactlyInAnyOrder(
            "* ann is known as ~moon now", "* m00n looks like somebody else's name");
  }

  @Test
  void theFirstRoomIsThereAlsoWithNobodyInIt() {
    TestUser ann = chat.enter("ann");
    ann.type("/join tea\n/join l0bby\n");
    assertThat(ann.shown())
        .endsWith("* not entered: the name l0bby looks like that of the room lobby");
  }

  @Test
  void aRoomOfWhichOnlyATopicIsKeptIsThereToo() {
    TestUser ann = chat.enter("ann");
    ann.type("/join moon\n/topic cheese\n/leave\n");
    ann.shown();
    ann.type("/join m0on\n");
    assertThat(ann.shown())
        .containsExactly("* not entered: the name m0on looks like that of the room moon");
  }

  @Test
  void aNameThatNobodyCanReadIsGivenToNoNewRoomAndRoomsOfBeforeStay() throws Exception {
    TestUser ann = chat.enter("ann");
    ann.shown();
    ann.type("/join -\n");
    assertThat(ann.shown()).containsExactly("* not entered: a new name has " + AccountName.LEGIBLE);
    keeps("-");
    keeps("moon");
    keeps("m00n");
    for (String room : List.of("-", "moon", "m00n")) {
      ann.type("/join " + room + "\n");
      chat.pass(Duration.ofSeconds(2));
      assertThat(ann.shown()).contains("* in " + room + ": ann");
    }
  }

  @Test
  void aRoomThatCannotBeLookedUpIsNotEntered() {
    TestUser ann = chat.enter("ann");
    ann.shown();
    chat.database.away("the file is gone");
    ann.type("/join tea\n");
    assertThat(ann.shown()).containsExactly("* not entered: the database is away, try again later");
  }

  @Test
  void ofAnotherDatabaseTheRoomsAreThose() throws Exception {
    TestUser ann = chat.enter("ann");
    keeps("moon");
    ann.type("/join m00n\n");
    assertThat(ann.shown())
        .endsWith("* not entered: the name m00n looks like that of the room moon");
    chat.database.becomesAnother();
    chat.execute("DELETE FROM chat_message");
    keeps("bog");
    ann.type("/join m00n\n");
    assertThat(ann.shown()).endsWith("* in m00n: ann");
    ann.type("/join b0g\n");
    assertThat(ann.shown()).endsWith("* not entered: the name b0g looks like that of the room bog");
  }

  @Test
  void aNickThatLooksLikeAnotherIsSomebodyElses() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.type("/nick moon\n");
    bob.type("/nick m00n\n");
    assertThat(bob.shown())
        .containsExactly("* ann is known as ~moon now", "* m00n looks like somebody else's name");
    ann.type("/nick mo0n\n"); // one's own
    ann.type("/nick\n");
    bob.type("/nick m00n\n");
    assertThat(bob.shown()).endsWith("* bob is known as ~m00n now");
    bob.hangsUp();
    chat.pass(Duration.ofSeconds(9));
    ann.type("/nick moon\n");
    assertThat(ann.shown()).endsWith("* ann is known as ~moon now");
  }

  @Test
  void aSecondDeviceIsNotAnnounced() {
    TestUser ann = chat.enter("ann");
    TestUser phone = chat.enter("bob");
    TestUser laptop = chat.enter("bob");
    assertThat(ann.shown()).isEmpty();
    phone.hangsUp();
    assertThat(ann.shown()).isEmpty();
    laptop.hangsUp();
    assertThat(ann.shown()).containsExactly("* bob has left");
  }

  @Test
  void aTopicIsShownToThoseWhoCome() {
    TestUser ann = chat.enter("ann");
    ann.type("/topic\n/topic all about tea\n");
    assertThat(ann.shown())
        .containsExactly(
            "* nobody has said what lobby is about", "* ann says what it is about: all about tea");
    TestUser bob = chat.connect();
    bob.type("bob secret one\n");
    assertThat(bob.shown()).contains("* lobby is about: all about tea");
  }

  @Test
  void aTopicThatIsSetAgainIsNoNewsForTheRoom() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.type("/topic tea\n");
    List.of(ann, bob).forEach(TestUser::shown);
    bob.type("/topic tea\n");
    assertThat(bob.shown()).containsExactly("* lobby is about: tea");
    ann.type("/topic Tea\n/topic -\n/topic -\n");
    assertThat(ann.shown())
        .containsExactly(
            "* ann says what it is about: Tea",
            "* ann has cleared the topic",
            "* nobody has said what lobby is about");
    assertThat(bob.shown())
        .containsExactly("* ann says what it is about: Tea", "* ann has cleared the topic");
  }

  @Test
  void aTopicIsClearedAndNeverCut() {
    TestUser ann = chat.enter("ann");
    ann.type("/topic all about tea\n/topic -\n/topic\n/topic " + "é".repeat(401) + "\n/topic\n");
    assertThat(ann.shown())
        .containsExactly(
            "* ann says what it is about: all about tea",
            "* ann has cleared the topic",
            "* nobody has said what lobby is about",
            "* not set: what a room is about has at most 800 bytes, this has 802",
            "* nobody has said what lobby is about");
  }

  @Test
  void topicsAreTheOperatorsIfThatIsConfigured() {
    chat.operatorsSetTopics();
    TestUser ann = chat.enter("ann");
    TestUser op = operator();
    ann.shown();
    ann.type("/topic mine\n/topic -\n/topic\n");
    assertThat(ann.shown())
        .containsExactly(
            "* only operators may say what a room is about",
            "* only operators may say what a room is about",
            "* nobody has said what lobby is about");
    op.type("/topic ours\n");
    assertThat(ann.shown()).containsExactly("* op says what it is about: ours");
  }

  @Test
  void whoComesAndGoesTooFastIsToldOfWithOthers() {
    TestUser ann = chat.enter("ann");
    for (int i = 0; i < 100; i++) {
      TestUser visitor = chat.connect("192.0.2.77");
      visitor.type("bob secret one\n");
      visitor.hangsUp();
    }
    assertThat(ann.shown()).hasSize(6);
    chat.hall.tellComings();
    chat.settle();
    assertThat(ann.shown()).containsExactly("* bob came and left");
    TestUser stays = chat.connect("192.0.2.77");
    stays.type("bob secret one\n");
    assertThat(ann.shown()).isEmpty();
    ann.type("/who\n");
    assertThat(ann.shown()).containsExactly("* in lobby: ann, bob");
    chat.hall.tellComings();
    chat.settle();
    assertThat(ann.shown()).containsExactly("* bob has come in");
    chat.hall.tellComings();
    chat.settle();
    assertThat(ann.shown()).as("told once").isEmpty();
    chat.pass(Duration.ofMinutes(1));
    stays.hangsUp();
    assertThat(ann.shown()).containsExactly("* bob has left");
  }

  @Test
  void manyFromOneAddressAreToldOfTogether() {
    TestUser ann = chat.enter("ann");
    for (int i = 0; i < 25; i++) {
      TestUser visitor = chat.connect("2001:db8::" + i);
      visitor.type("u" + i + " secret one\n");
      if (i >= 23) {
        visitor.hangsUp();
      }
    }
    assertThat(ann.shown()).hasSize(20);
    chat.hall.tellComings();
    chat.settle();
    assertThat(ann.shown()).containsExactly("* 3 users came in", "* 2 users came and left");
    TestUser other = chat.connect("192.0.2.99");
    other.type("zoe secret one\n");
    assertThat(ann.shown()).as("another address").containsExactly("* zoe has come in");
  }

  @Test
  void historyIsAskedForInAnyCaseAndNotForNothing() {
    TestUser ann = chat.enter("ann");
    ann.type("one\ntwo\n/history 5 BEFORE #2\n/history 0\n/history Before 1\n");
    assertThat(ann.shown())
        .satisfiesExactly(
            one -> assertThat(one).matches("#1 " + TIME + "ann: one"),
            none -> assertThat(none).isEqualTo("* usage: /history [N] [before ID]; N is 1 to 500"),
            before -> assertThat(before).isEqualTo("* there is nothing before"));
  }

  @Test
  void moreHistoryThanIsShownIsNotAskedFor() {
    TestUser ann = chat.enter("ann");
    ann.type("one\n/history 500\n/history 501\n/history 99999999999 before 3\n");
    String wrong = "* usage: /history [N] [before ID]; N is 1 to 500";
    assertThat(ann.shown())
        .satisfiesExactly(
            most -> assertThat(most).matches("#1 " + TIME + "ann: one"),
            more -> assertThat(more).isEqualTo(wrong),
            many -> assertThat(many).isEqualTo(wrong));
  }

  // ---- oneself -------------------------------------------------------------------------------

  @Test
  void aNickIsNobodyElsesName() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    chat.enter("carl").hangsUp();
    ann.shown();
    bob.shown();
    ann.type("/nick BOB\n/nick carl\n/nick zed\n");
    assertThat(ann.shown())
        .containsExactly(
            "* the name BOB is taken, or looks like one that is",
            "* the name carl is taken, or looks like one that is",
            "* ann is known as ~zed now");
    bob.type("/nick Zed\n");
    assertThat(bob.shown()).contains("* Zed is somebody else's name");
    ann.type("hello\n/nick\n");
    assertThat(bob.shown()).containsExactly("~zed: hello", "* ~zed is known as ann now");
    bob.type("/nick zed\n");
    assertThat(bob.shown()).containsExactly("* bob is known as ~zed now");
  }

  @Test
  void aNickThatOneHasAlreadyIsNoNewsForTheRoom() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.shown();
    ann.type("/nick\n/nick ann\n/nick ~ann\n");
    assertThat(ann.shown()).containsOnly("* you are known as ann already").hasSize(3);
    ann.type("/nick zed\n");
    List.of(ann, bob).forEach(TestUser::shown);
    chat.pass(Duration.ofSeconds(9));
    ann.type("/nick zed\n/nick ~zed\n");
    assertThat(ann.shown()).containsOnly("* you are known as ~zed already").hasSize(2);
    assertThat(bob.shown()).isEmpty();
    ann.type("/nick Zed\n");
    assertThat(bob.shown()).containsExactly("* ~zed is known as ~Zed now");
  }

  @Test
  void aNickIsMarkedWhereverOthersSeeItAndUnderstoodWithItsMark() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.type("/nick zed\n");
    List.of(ann, bob).forEach(TestUser::shown);
    ann.type("/me waves\n/topic tea\n/msg bob psst\n/who\n");
    assertThat(bob.shown())
        .containsExactlyInAnyOrder(
            "** ~zed waves", "* ~zed says what it is about: tea", "~zed (to you): psst");
    assertThat(ann.shown()).contains("* in lobby: bob, ~zed");
    bob.type("/msg ~zed hush\n/ignore ~zed\n");
    assertThat(ann.shown()).containsExactly("bob (to you): hush");
    assertThat(bob.shown()).contains("* you ignore zed; /ignore zed ends that");
  }

  @Test
  void anotherSpellingOfTheOwnNameIsNoNick() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.shown();
    bob.shown();
    ann.type("/nick ANN\nhello\n");
    assertThat(bob.shown()).containsExactly("* ann is known as ANN now", "ANN: hello");
  }

  @Test
  void aNickLeavesRoomForItsMark() {
    TestUser ann = chat.enter("ann");
    ann.shown();
    ann.type("/nick " + "x".repeat(32) + "\n/nick " + "\ud840\udc00".repeat(31) + "\nhello\n");
    assertThat(ann.shown())
        .containsExactly(
            "* a nick has at most 31 letters",
            "* ann is known as ~" + "\ud840\udc00".repeat(31) + " now");
  }

  @Test
  void aPasswordIsChangedAndNeverShownToAnybody() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.shown();
    ann.type("/password\nsecret of ann\nanother secret\n/password\na guess\nwhatever\n");
    assertThat(ann.text())
        .isEqualTo(
            "Current password: New password: * your password is changed\n"
                + "Current password: New password: * not changed: that is not your password\n");
    assertThat(bob.shown()).isEmpty();
    TestUser again = chat.connect();
    again.type("ann another secret\n");
    assertThat(again.shown()).contains("* in lobby: ann, bob");
  }

  @Test
  void otherDevicesEndWhenThePasswordChanges() {
    TestUser phone = chat.enter("ann");
    TestUser laptop = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    laptop.type("/password\nsecret of ann\nanother secret\n");
    chat.settle();
    assertThat(phone.shown()).containsExactly("* your password was changed: log in again");
    assertThat(phone.isConnected()).isFalse();
    assertThat(laptop.isConnected()).isTrue();
    chat.accounts.setPassword(AccountName.of("ann"), "a third secret".getBytes(UTF_8));
    chat.settle();
    assertThat(laptop.shown()).last().isEqualTo("* your password was changed: log in again");
    assertThat(laptop.isConnected()).isFalse();
    assertThat(bob.isConnected()).isTrue();
  }

  @Test
  void guessingTheOldPasswordIsCountedAndTakesLongerEachTime() {
    TestUser ann = chat.enter("ann");
    String guess = "/password\na guess\nwhatever\n";
    ann.type(guess + guess);
    assertThat(ann.text()).contains("not your password").doesNotContain("word\nPassword");
    chat.pass(Duration.ofSeconds(1));
    assertThat(ann.text()).contains("not your password");
    ann.type("hello\n/who\n");
    chat.pass(Duration.ofSeconds(1));
    assertThat(ann.shown()).as("now it is two seconds").isEmpty();
    chat.pass(Duration.ofSeconds(1));
    assertThat(ann.shown()).containsExactly("* in lobby: ann");
    for (int i = 2; i < 20; i++) {
      ann.type(guess);
      chat.pass(Duration.ofSeconds(16));
    }
    ann.shown();
    ann.type("/password\nsecret of ann\nanother secret\n");
    assertThat(ann.text())
        .endsWith("* not changed: too many wrong passwords were tried; try again later\n");
  }

  @Test
  void passwordsAreAskedForAsFastAsMessagesMayCome() {
    TestUser ann = chat.enter("ann");
    ann.type("1\n2\n3\n4\n5\n/password\n");
    assertThat(ann.text()).startsWith("* slow down: ").doesNotContain("Password");
    chat.pass(Duration.ofSeconds(1));
    assertThat(ann.text()).isEqualTo("Current password: ");
  }

  @Test
  void whoQuitsIsToldGoodbye() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.shown();
    bob.type("/quit\nnot said any more\n");
    assertThat(bob.shown()).containsExactly("* goodbye");
    assertThat(bob.isConnected()).isFalse();
    assertThat(ann.shown()).containsExactly("* bob has left");
  }

  @Test
  void whatIsNoCommandIsSaidToTheUserAlone() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.shown();
    ann.type("/frobnicate now\n/\n/HELP\n");
    assertThat(ann.shown())
        .startsWith(
            "* there is no /frobnicate; /help shows what there is",
            "* there is no /; /help shows what there is")
        .noneMatch(line -> line.contains("/kick"));
    assertThat(bob.shown()).isEmpty();
  }

  @Test
  void aMutedUserReadsOfItBeforeThatItWasNotHeard() {
    TestUser op = operator();
    TestUser bob = chat.enter("bob");
    op.type("/mute bob 1m\n");
    bob.shown();
    Session session = bob.session(); // whose event loop has input before it does its tasks
    session.context().executor().execute(() -> session.device().show("* the notice"));
    bob.type("Why?\n");
    assertThat(bob.shown())
        .hasSize(2)
        .startsWith("* the notice")
        .last()
        .asString()
        .startsWith("* not sent: you may not talk until ");
  }

  // ---- those who do not read -----------------------------------------------------------------

  /** After it the transport has sent what it can. */
  private static final Duration TURN = Duration.ofMillis(1);

  @Test
  void aBurstIsNotHeldAgainstAReaderWhoseTransportHasNotHadItsTurn() {
    set(16_384, 1000, 98_304, 0);
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    bob.stalls(); // as io_uring does until its event loop's next turn
    for (int i = 0; i < 20; i++) {
      ann.type(i + "x".repeat(15_000) + "\n");
    }
    for (int i = 0; i < 20; i++) {
      ann.type("/msg bob " + i + "x".repeat(15_000) + "\n");
    }
    ann.type("/msg bob last\n");
    List<String> shown = new ArrayList<>();
    for (int turn = 0; turn < 10; turn++) {
      bob.reads();
      bob.stalls();
      shown.addAll(bob.shown());
      chat.pass(TURN);
    }
    bob.reads();
    assertThat(bob.isConnected()).isTrue();
    assertThat(shown).hasSize(41).last().asString().endsWith("last");
    assertThat(shown.subList(0, 20)).allMatch(line -> line.startsWith("ann: "));
  }

  @Test
  void anAnswerComesBehindWhatIsHeldBack() {
    set(16_384, 1000, 98_304, 0);
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    bob.stalls();
    for (int i = 0; i < 10; i++) {
      ann.type(i + "x".repeat(15_000) + "\n");
    }
    bob.hears(new GoingAway(GoingAway.Reason.REPLACED, false, Optional.empty()));
    bob.reads();
    assertThat(bob.shown()).hasSize(11).last().asString().doesNotStartWith("ann: ");
  }

  @Test
  void aQuestionComesBehindWhatIsHeldBack() {
    set(2048, 1000, 4096, 0);
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    bob.stalls();
    for (int i = 0; i < 5; i++) {
      ann.type(i + "x".repeat(2000) + "\n");
    }
    bob.type("/password\n");
    bob.reads();
    assertThat(bob.shown()).hasSize(6).last().isEqualTo("Current password: ");
  }

  @Test
  void aReaderWhoIsTooSlowIsToldAndClosedAndNobodyElseNotices() {
    set(2048, 1000, 98_304, 0);
    TestUser ann = chat.enter("ann");
    TestUser slow = chat.enter("slow");
    TestUser bob = chat.enter("bob");
    slow.stalls();
    ann.shown();
    for (int i = 0; i < 47; i++) {
      ann.type("x".repeat(2000) + "\n");
    }
    assertThat(slow.isConnected()).isTrue();
    ann.type("y".repeat(2000) + "\n" + "y".repeat(2000) + "\n" + "z\n");
    assertThat(slow.isConnected()).as("the transport may send it in its next turn").isTrue();
    chat.pass(TURN);
    slow.reads();
    assertThat(slow.isConnected()).isFalse();
    assertThat(slow.shown()).last().isEqualTo("* you read too slowly: too much waits for you");
    assertThat(bob.shown()).hasSize(51).endsWith("ann: z", "* slow has left");
    assertThat(ann.shown()).containsExactly("* slow has left");
  }

  @Test
  void privateMessagesToWhoDoesNotReadAreLimitedToo() {
    set(16_384, 1000, 98_304, 0);
    TestUser ann = chat.enter("ann");
    TestUser slow = chat.enter("slow");
    slow.stalls();
    for (int i = 0; i < 10; i++) {
      ann.type("/msg slow " + "x".repeat(16_000) + "\n");
    }
    chat.pass(TURN);
    slow.reads();
    assertThat(slow.isConnected()).isFalse();
    assertThat(slow.text().length()).isBetween(98_304, 98_304 + 20_000);
  }

  @Test
  void aLongHistoryIsNotHeldAgainstWhoAskedForIt() {
    set(16_384, 1000, 98_304, 50);
    TestUser ann = chat.enter("ann");
    for (int i = 0; i < 50; i++) {
      ann.type("x".repeat(16_000) + "\n");
    }
    TestUser late = chat.connect();
    late.stalls();
    late.type("late secret one\n");
    ann.type("live 1\n");
    assertThat(late.isConnected()).isTrue();
    late.reads();
    assertThat(late.shown()).endsWith("ann: live 1");
    late.stalls();
    late.type("/history 50\n");
    ann.type("live 2\n");
    assertThat(late.isConnected()).isTrue();
    for (int i = 0; i < 10; i++) {
      ann.type("y".repeat(16_000) + "\n");
    }
    chat.pass(TURN);
    late.reads();
    assertThat(late.isConnected()).as("what others send is").isFalse();
  }

  @Test
  void aReaderWhoDoesNotReadTheLastLineEitherIsClosedAfterAWhile() {
    set(2048, 1000, 4096, 0);
    TestUser ann = chat.enter("ann");
    TestUser slow = chat.enter("slow");
    slow.stalls();
    for (int i = 0; i < 5; i++) {
      ann.type("x".repeat(2000) + "\n");
    }
    chat.pass(TURN);
    assertThat(slow.isConnected()).isTrue();
    chat.pass(Duration.ofSeconds(10));
    assertThat(slow.isConnected()).isFalse();
    assertThat(ann.shown()).containsExactly("* slow has left");
  }

  @Test
  void whoDoesNotReadTheAnswersIsNotAnsweredMore() {
    set(16_384, 1000, 98_304, 50);
    TestUser ann = chat.enter("ann");
    for (int i = 0; i < 50; i++) {
      ann.type("x".repeat(16_000) + "\n");
    }
    TestUser flood = chat.enter("flood");
    flood.stalls();
    flood.type("/history 50\n".repeat(8) + "/help\n".repeat(100));
    assertThat(flood.isRead()).isFalse();
    long answer = 50 * 16_100;
    assertThat(flood.isConnected()).isTrue();
    flood.session().context().channel().flush();
    assertThat(
            flood.session().context().channel().unsafe().outboundBuffer().totalPendingWriteBytes())
        .isLessThan(2 * answer);
    flood.reads();
    assertThat(flood.shown()).hasSizeGreaterThan(50 * 8 + 10 * 100);
    assertThat(flood.isRead()).isTrue();
  }

  // ---- operators -----------------------------------------------------------------------------

  @Test
  void onlyOperatorsKeepOrder() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.shown();
    ann.type("/kick bob\n/mute bob 1m\n/unmute bob\n/ban bob 1m\n/unban bob\n");
    assertThat(ann.shown()).hasSize(5).allMatch(line -> line.startsWith("* only operators may /"));
    assertThat(bob.isConnected()).isTrue();
  }

  @Test
  void aKickEndsAllConnectionsAndIsNoted() throws Exception {
    TestUser op = operator();
    TestUser bob = chat.enter("bob");
    TestUser phone = chat.enter("bob");
    op.shown();
    op.type("/kick BOB too \u001b[2Jloud\n/kick op\n/kick nobody\n/kick\n");
    assertThat(bob.shown()).containsExactly("* op ended your connection: too loud");
    assertThat(phone.isConnected()).isFalse();
    assertThat(op.shown())
        .contains(
            "* connections of bob that ended: 2",
            "* op is yourself",
            "* there is no nobody",
            "* usage: /kick NAME [REASON]");
    assertThat(chat.column("SELECT UTF8TOSTRING(detail) FROM chat_audit WHERE what = 'KICK'"))
        .containsExactly("too loud");
  }

  @Test
  void whatCannotBeNotedIsNotDone() {
    TestUser op = operator();
    TestUser bob = chat.enter("bob");
    op.shown();
    chat.database.away("no disk");
    op.type("/kick bob\n/mute bob 1m\n/ban bob 1m\n");
    assertThat(op.shown()).hasSize(3).containsOnly("* not done: no disk");
    assertThat(bob.isConnected()).isTrue();
    assertThat(bob.shown()).isEmpty();
  }

  @Test
  void aMuteHoldsForAllThatOthersWouldReadUntilItEnds() {
    TestUser op = operator();
    TestUser bob = chat.enter("bob");
    op.type("/mute bob 10m noise\n");
    assertThat(bob.shown())
        .singleElement()
        .asString()
        .matches("\\* you may not talk until .*: noise");
    op.shown();
    bob.type("hello\n/me x\n/topic x\n/nick x\n/msg op x\n");
    assertThat(bob.shown()).hasSize(5).allMatch(line -> line.startsWith("* not sent: you may not"));
    assertThat(op.shown()).isEmpty();
    bob.hangsUp();
    TestUser again = chat.enter("bob");
    again.type("hello\n");
    assertThat(again.shown())
        .as("also after coming again")
        .singleElement()
        .asString()
        .startsWith("* not sent:");
    chat.pass(Duration.ofMinutes(10));
    op.shown();
    again.type("hello\n");
    assertThat(op.shown()).containsExactly("bob: hello");
    op.type("/mute bob 10m\n/unmute bob\n");
    assertThat(again.shown()).last().isEqualTo("* you may talk again");
    op.type("/mute bob forever\n");
    assertThat(op.shown()).last().asString().startsWith("* usage: /mute NAME DURATION [REASON];");
  }

  @Test
  void whoIsMutedSaysNothingByTheWayEither() {
    TestUser op = operator();
    TestUser bob = chat.enter("bob");
    TestUser ann = chat.enter("ann");
    ann.type("/join tea\n");
    op.type("/mute bob 10m\n");
    List.of(op, bob, ann).forEach(TestUser::shown);
    bob.type("/away op_is_bad\n/join op_is_bad\n/join tea\n/leave\n/away\n");
    assertThat(bob.shown())
        .satisfiesExactly(
            away -> assertThat(away).startsWith("* not sent: you may not"),
            join -> assertThat(join).startsWith("* not sent: you may not"),
            tea -> assertThat(tea).isEqualTo("* in tea: ann, bob"),
            lobby -> assertThat(lobby).isEqualTo("* in lobby: bob, op"),
            back -> assertThat(back).isEqualTo("* you are back"));
    assertThat(chat.hall.rooms()).hasSize(2);
  }

  @Test
  void aMuteThatComesWhileSomebodyEntersIsNotOverwritten() {
    TestUser op = operator();
    chat.enter("bob").hangsUp();
    op.shown();
    TestUser bob = chat.connect();
    chat.hold();
    bob.type("bob secret of bob\n"); // asks for what is stored
    chat.hall.mute(
        chat.hall.accountOf(AccountName.of("bob")).orElseThrow(),
        java.util.Optional.of(
            new slipway.services.chat.store.Mute(
                java.time.Instant.parse("9000-01-01T00:00:00Z"), "", "op")));
    chat.answer();
    bob.shown();
    bob.type("hello\n");
    assertThat(bob.shown()).singleElement().asString().startsWith("* not sent:");
  }

  @Test
  void anAddressIsBannedWithItsUserOrByItself() throws Exception {
    TestUser op = operator();
    TestUser bob = chat.connect("198.51.100.7");
    bob.type("bob secret of bob\n");
    TestUser other = chat.connect("198.51.100.7");
    other.type("cid secret of cid\n");
    op.shown();
    op.type("/ban --address bob 2h spam\n");
    assertThat(op.shown())
        .anyMatch(line -> line.startsWith("* bob is banned until "))
        .anyMatch(line -> line.startsWith("* 198.51.100.7 is banned until "));
    assertThat(bob.isConnected()).isFalse();
    assertThat(other.isConnected()).as("the same one under another name").isFalse();
    op.type("/unban 198.51.100.7\n/unban 198.51.100.7\n/ban 1.2.3.4/1 2h\n");
    assertThat(op.shown())
        .hasSize(3)
        .contains("* 198.51.100.7 may log in again", "* 198.51.100.7 is not banned")
        .anyMatch(line -> line.startsWith("* \"1.2.3.4/1\" is no network; allowed is "));
    op.type("/ban 192.0.2.0/24 2h\n/ban 203.0.113.0/24 2h bots\n");
    assertThat(op.shown())
        .contains("* not 192.0.2.0/24: you are in it yourself")
        .anyMatch(line -> line.startsWith("* 203.0.113.0/24 is banned until "));
    assertThat(chat.column("SELECT what FROM chat_audit ORDER BY id"))
        .containsExactly("BAN", "BAN", "UNBAN", "UNBAN", "BAN");
  }

  @Test
  void aBanEndsSessionsAndIsNotedAndEnds() throws Exception {
    TestUser op = operator();
    TestUser bob = chat.enter("bob");
    op.type("/ban bob 9999d spam\n");
    assertThat(bob.shown()).singleElement().asString().matches("\\* you are banned until .*: spam");
    assertThat(bob.isConnected()).isFalse();
    TestUser again = chat.connect();
    again.type("bob secret of bob\n");
    assertThat(again.shown()).last().asString().startsWith("* you are banned");
    op.type("/unban bob\n");
    assertThat(chat.enter("bob").isConnected()).isTrue();
    assertThat(chat.column("SELECT what FROM chat_audit ORDER BY id"))
        .containsExactly("BAN", "UNBAN");
  }

  @Test
  void aUserWhoIsRemovedIsEnded() {
    TestUser bob = chat.enter("bob");
    chat.accounts.remove(AccountName.of("bob"));
    chat.settle();
    assertThat(bob.shown()).containsExactly("* your account was removed");
    assertThat(chat.hall.who(RoomName.of("lobby"))).isEmpty();
  }
}
