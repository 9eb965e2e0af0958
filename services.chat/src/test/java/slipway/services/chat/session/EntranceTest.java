package slipway.services.chat.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import slipway.account.AccountName;
import slipway.account.Ban;
import slipway.account.Network;
import slipway.account.Role;
import slipway.services.chat.Leaks;
import slipway.services.chat.door.Strangers;
import slipway.services.chat.text.RoomName;
import slipway.text.Times;

@ExtendWith(Leaks.class)
class EntranceTest {

  private static final String WELCOME =
      "* Welcome. Your name, or your name and password? A new name is registered.";
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final TestChat chat = new TestChat();

  @AfterEach
  void end() {
    chat.end();
  }

  private void set(
      boolean registration, int addressTries, int addressConnections, int userConnections) {
    ChatSettings old = chat.settings;
    chat.settings =
        new ChatSettings(
            old.room(),
            registration,
            old.loginTimeout(),
            old.loginTries(),
            addressTries,
            old.addressLogIns(),
            old.nameTries(),
            old.newMute(),
            addressConnections,
            userConnections,
            old.messageLength(),
            old.messageBurst(),
            old.messageRate(),
            old.slowLimit(),
            old.idleTimeout(),
            old.historyShown(),
            old.historyAge(),
            old.historyCount(),
            old.topicOperators());
  }

  private List<String> whoIsIn() {
    return chat.hall.who(RoomName.of("lobby"));
  }

  @Test
  void aNewNameIsRegisteredAndGreetedAndShownWhoIsThere() {
    TestUser ann = chat.connect();
    assertThat(ann.shown()).containsExactly(WELCOME);
    ann.type("Ann secret one\n");
    assertThat(ann.shown())
        .satisfiesExactly(
            welcome ->
                assertThat(welcome)
                    .isEqualTo(
                        "* Welcome, Ann. You are registered. /help shows what you can type."),
            time -> assertThat(time).startsWith("* it is "),
            who -> assertThat(who).isEqualTo("* in lobby: Ann"));
    TestUser again = chat.connect();
    again.type("ANN secret one\n");
    assertThat(again.shown())
        .contains("* Welcome, Ann. /help shows what you can type.", "* in lobby: Ann");
  }

  @Test
  void namesThatLookAlikeAreOneUser() {
    chat.enter("Åsa");
    TestUser other = chat.connect();
    other.type("a\u030aSA another secret\n");
    chat.pass(SECOND);
    assertThat(other.shown()).contains("* wrong name or password; your name?");
  }

  @Test
  void whoSendsOneWordIsAskedForThePassword() {
    TestUser ann = chat.connect();
    ann.shown();
    ann.type("ann\n");
    assertThat(ann.text()).isEqualTo("Password: ");
    ann.type("secret one\n");
    assertThat(ann.shown()).first().asString().startsWith("* Welcome, ann.");
  }

  @Test
  void aTelnetIsAskedNotToShowThePassword() {
    TestUser ann = chat.connect();
    ann.shown();
    ann.type("ann\r\n");
    assertThat(new String(ann.received(), StandardCharsets.ISO_8859_1))
        .isEqualTo("Password: \u00ff\u00fb\u0001");
    ann.send(new byte[] {(byte) 255, (byte) 253, 1}); // its consent
    ann.type("secret one\r\n");
    assertThat(new String(ann.received(), StandardCharsets.ISO_8859_1))
        .startsWith("\u00ff\u00fc\u0001\r\n* Welcome, ann.");
  }

  @Test
  void aProgramIsAnsweredWithItsDelimiter() {
    TestUser ann = chat.connect();
    ann.shown();
    ann.type("ann\0");
    assertThat(ann.text()).isEqualTo("Password: \0");
    ann.type("secret one\0");
    assertThat(ann.text()).startsWith("* Welcome, ann.").endsWith("* in lobby: ann\0");
  }

  @Test
  void spaceBeforeANameAndEmptyLinesDoNotMatter() {
    TestUser ann = chat.connect();
    ann.type("\n\n  ann secret one\n");
    assertThat(ann.shown()).contains("* in lobby: ann");
  }

  @Test
  void aWrongPasswordIsRefusedAfterAPauseThatGrowsAndThreeCloseTheConnection() {
    chat.enter("ann");
    TestUser guesser = chat.connect();
    guesser.shown();
    for (int seconds : new int[] {1, 2, 4}) {
      guesser.type("ann guess " + seconds + "\n");
      chat.pass(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(guesser.shown()).isEmpty();
      chat.pass(Duration.ofMillis(1));
      assertThat(guesser.shown())
          .containsExactly(
              seconds < 4
                  ? "* wrong name or password; your name?"
                  : "* wrong name or password; that was the last try; goodbye");
    }
    assertThat(guesser.isConnected()).isFalse();
  }

  @Test
  void whatIsTypedDuringAPauseWaits() {
    chat.enter("ann");
    TestUser ann = chat.connect();
    ann.shown();
    ann.type("ann a guess\nann secret of ann\n");
    assertThat(ann.shown()).isEmpty();
    chat.pass(SECOND);
    assertThat(ann.shown()).contains("* Welcome, ann. /help shows what you can type.");
  }

  @Test
  void anAddressWithTooManyWrongPasswordsIsRefusedAlsoTheRightOne() {
    set(true, 2, 100, 5);
    chat.enter("ann");
    for (int i = 0; i < 2; i++) {
      chat.connect("192.0.2.99").type("ann a guess\n");
    }
    TestUser third = chat.connect("192.0.2.99");
    third.type("ann secret of ann\n");
    assertThat(third.shown())
        .contains("* too many wrong passwords came from your address; try again later");
    assertThat(third.isConnected()).isFalse();
    TestUser elsewhere = chat.connect("192.0.2.98");
    elsewhere.type("ann secret of ann\n");
    assertThat(elsewhere.shown()).contains("* in lobby: ann");
    chat.pass(Duration.ofMinutes(11));
    TestUser later = chat.connect("192.0.2.99");
    later.type("ann secret of ann\n");
    assertThat(later.shown()).contains("* in lobby: ann");
  }

  @Test
  void guessesThatComeTogetherAreLimitedLikeThoseOneByOne() {
    set(true, 2, 100, 5);
    chat.enter("ann");
    chat.accountCalls.hold();
    List<TestUser> guessers =
        IntStream.range(0, 9).mapToObj(i -> chat.connect("192.0.2.99")).toList();
    guessers.forEach(guesser -> guesser.type("ann guess\n"));
    assertThat(chat.accountCalls.waiting()).isEqualTo(2);
    chat.accountCalls.release();
    chat.pass(SECOND);
    assertThat(guessers)
        .filteredOn(guesser -> !guesser.isConnected())
        .hasSize(7)
        .allSatisfy(
            guesser ->
                assertThat(guesser.shown())
                    .contains(
                        "* too many wrong passwords came from your address; try again later"));
  }

  @Test
  void manyWhoLogInTogetherFromOneAddressAllGetIn() {
    chat.enter("ann");
    set(true, 2, 100, 9);
    chat.accountCalls.hold();
    List<TestUser> users = IntStream.range(0, 7).mapToObj(i -> chat.connect("192.0.2.99")).toList();
    users.forEach(user -> user.type("ann secret of ann\n"));
    for (int i = 0; i < 4; i++) {
      chat.accountCalls.release();
      chat.accountCalls.hold();
      chat.pass(SECOND);
    }
    assertThat(users).allSatisfy(user -> assertThat(user.shown()).contains("* in lobby: ann"));
  }

  /** As with {@code address.logins}. */
  private void setLogIns(int most) {
    ChatSettings old = chat.settings;
    chat.settings =
        new ChatSettings(
            old.room(),
            old.registration(),
            old.loginTimeout(),
            old.loginTries(),
            old.addressTries(),
            most,
            old.nameTries(),
            old.newMute(),
            old.addressConnections(),
            old.userConnections(),
            old.messageLength(),
            old.messageBurst(),
            old.messageRate(),
            old.slowLimit(),
            old.idleTimeout(),
            old.historyShown(),
            old.historyAge(),
            old.historyCount(),
            old.topicOperators());
  }

  private TestUser logsIn(String name, String address) {
    TestUser user = chat.connect(address);
    user.type(name + " secret of " + name + "\n");
    return user;
  }

  @Test
  void logInsOfAnAddressAreLimitedAlsoWithTheRightPassword() {
    setLogIns(5);
    for (int i = 0; i < 5; i++) {
      TestUser ann = logsIn("ann", "192.0.2.99");
      assertThat(ann.shown()).contains("* in lobby: ann");
      ann.hangsUp();
    }
    TestUser sixth = logsIn("ann", "192.0.2.99");
    assertThat(sixth.shown())
        .contains("* too many log-ins came from your address; try again later");
    assertThat(sixth.isConnected()).isFalse();
    logsIn("bob", "192.0.2.98").hangsUp();
    assertThat(whoIsIn()).isEmpty();
    chat.pass(Duration.ofMinutes(2)); // one in two minutes from now on
    assertThat(logsIn("ann", "192.0.2.99").shown()).contains("* in lobby: ann");
    assertThat(logsIn("ann", "192.0.2.99").isConnected()).isFalse();
  }

  @Test
  void logInsThatComeTogetherAreLimitedLikeThoseOneByOneAndWrongOnesDoNotCount() {
    setLogIns(2);
    logsIn("ann", "192.0.2.1");
    chat.accountCalls.hold();
    List<TestUser> wrong = IntStream.range(0, 2).mapToObj(i -> chat.connect("192.0.2.99")).toList();
    wrong.forEach(user -> user.type("ann guess\n"));
    TestUser third = logsIn("ann", "192.0.2.99");
    assertThat(third.isConnected()).isFalse();
    chat.accountCalls.release();
    chat.accountCalls.hold();
    List<TestUser> right =
        IntStream.range(0, 3).mapToObj(i -> logsIn("ann", "192.0.2.99")).toList();
    assertThat(chat.accountCalls.waiting()).isEqualTo(2);
    chat.accountCalls.release();
    chat.settle();
    assertThat(right).filteredOn(TestUser::isConnected).hasSize(2);
  }

  @Test
  void thePauseBehindARefusalGrowsForAnAddressWhateverTheConnection() {
    chat.enter("ann");
    for (int seconds : new int[] {1, 2, 4, 8, 16, 16}) {
      TestUser guesser = chat.connect("192.0.2.99");
      guesser.shown();
      guesser.type("ann guess\n");
      chat.pass(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(guesser.shown()).isEmpty();
      chat.pass(Duration.ofMillis(1));
      assertThat(guesser.shown()).containsExactly("* wrong name or password; your name?");
      guesser.hangsUp();
    }
    TestUser elsewhere = chat.connect("192.0.2.98");
    elsewhere.type("ann guess\n");
    chat.pass(SECOND);
    assertThat(elsewhere.shown()).endsWith("* wrong name or password; your name?");
    chat.pass(Duration.ofMinutes(11));
    TestUser later = chat.connect("192.0.2.99");
    later.type("ann guess\n");
    chat.pass(SECOND);
    assertThat(later.shown()).endsWith("* wrong name or password; your name?");
  }

  @Test
  void aGuessCountsAlsoIfItsClientHangsUp() {
    set(true, 1, 100, 5);
    chat.enter("ann");
    chat.accountCalls.hold();
    TestUser guesser = chat.connect("192.0.2.99");
    guesser.type("ann guess\n");
    guesser.hangsUp();
    chat.accountCalls.release();
    TestUser next = chat.connect("192.0.2.99");
    next.type("ann secret of ann\n");
    assertThat(next.shown())
        .contains("* too many wrong passwords came from your address; try again later");
  }

  @Test
  void whatIsNoNameIsNoWrongPasswordOfTheAddress() {
    set(true, 1, 100, 5);
    TestUser typist = chat.connect("192.0.2.99");
    typist.type("\u001b[2J/ x\n");
    chat.pass(SECOND);
    assertThat(typist.shown())
        .containsExactly(
            WELCOME, "* a name is 1 to 32 letters and digits of any script, _ and -; your name?");
    TestUser ann = chat.connect("192.0.2.99");
    ann.type("ann secret one\n");
    assertThat(ann.shown()).contains("* in lobby: ann");
  }

  @Test
  void whereRegistrationIsOffANewNameIsRefusedLikeAWrongPassword() {
    chat.enter("ann");
    set(false, 20, 100, 5);
    TestUser bob = chat.connect();
    assertThat(bob.shown()).containsExactly("* Welcome. Your name, or your name and password?");
    bob.type("bob secret one\n");
    chat.pass(SECOND);
    assertThat(bob.shown()).containsExactly("* wrong name or password; your name?");
  }

  @Test
  void aPasswordThatIsRefusedIsSaid() {
    TestUser ann = chat.connect();
    ann.shown();
    ann.type("ann abc\n");
    assertThat(ann.shown()).isEmpty();
    chat.pass(SECOND);
    assertThat(ann.shown()).containsExactly("* a password has at least 6 characters; your name?");
    ann.type("ann abc\n");
    chat.pass(SECOND);
    assertThat(ann.shown()).as("the pause grows").isEmpty();
    chat.pass(SECOND);
    assertThat(ann.shown()).hasSize(1);
    assertThat(ann.isConnected()).isTrue();
  }

  @Test
  void whoDoesNotLogInInTimeIsClosed() {
    TestUser silent = chat.connect();
    TestUser ann = chat.enter("ann");
    chat.pass(Duration.ofSeconds(60));
    assertThat(silent.shown()).contains("* you did not log in in time");
    assertThat(silent.isConnected()).isFalse();
    assertThat(ann.isConnected()).isTrue();
  }

  @Test
  void anAddressHasSoManyConnections() {
    set(true, 20, 2, 5);
    TestUser one = chat.connect("192.0.2.99");
    chat.connect("192.0.2.99");
    TestUser third = chat.connect("192.0.2.99");
    assertThat(third.shown()).containsExactly("* there are too many connections from your address");
    assertThat(third.isConnected()).isFalse();
    one.hangsUp();
    assertThat(chat.connect("192.0.2.99").isConnected()).isTrue();
    assertThat(chat.connect("192.0.2.99").isConnected()).isFalse();
  }

  @Test
  void aUserHasSoManyDevices() {
    set(true, 20, 100, 2);
    TestUser first = chat.enter("ann");
    chat.enter("ann");
    TestUser third = chat.connect();
    third.type("ann secret of ann\n");
    assertThat(third.shown())
        .contains("* you have too many connections already; close one of " + "them first");
    assertThat(third.isConnected()).isFalse();
    first.hangsUp();
    assertThat(chat.enter("ann").isConnected()).isTrue();
  }

  @Test
  void anAccountWinsOverANickAndItsHolderIsTold() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.type("/nick zed\n");
    List.of(ann, bob).forEach(TestUser::shown);
    TestUser zed = chat.connect();
    zed.type("zed secret one\n");
    assertThat(zed.shown())
        .contains(
            "* Welcome, zed. You are registered. /help shows what you can type.",
            "* in lobby: ann, bob, zed");
    assertThat(ann.shown())
        .containsExactly("* zed is the name of a user; you are ann again", "* zed has come in");
    assertThat(bob.shown()).containsExactly("* ~zed is known as ann now", "* zed has come in");
    bob.type("/msg zed psst\n/msg ann hush\n");
    assertThat(zed.shown()).containsExactly("bob (to you): psst");
    assertThat(ann.shown()).containsExactly("bob (to you): hush");
    ann.type("/nick zed\n/nick yak\n");
    assertThat(ann.shown())
        .containsExactly(
            "* the name zed is taken, or looks like one that is", "* ann is known as ~yak now");
    zed.hangsUp();
    assertThat(chat.enter("zed").isConnected()).isTrue();
  }

  @Test
  void anAccountWinsOverANickInAnotherVersion() {
    TestUser ann = chat.enter("ann");
    ann.type("/nick zed\n");
    ann.shown();
    TestChat next = chat.next();
    TestUser zed = next.connect();
    zed.type("zed secret one\n");
    assertThat(zed.shown()).contains("* in lobby: ann, zed");
    assertThat(ann.shown())
        .startsWith("* zed is the name of a user; you are ann again")
        .doesNotContain("* ~zed is known as ann now");
    ann.type("/msg zed psst\n");
    assertThat(zed.shown()).contains("ann (to you): psst");
  }

  @Test
  void aDatabaseThatIsAwayIsSaid() {
    chat.accounts.away("gone");
    TestUser ann = chat.connect();
    ann.shown();
    ann.type("ann secret one\n");
    chat.pass(SECOND);
    assertThat(ann.shown())
        .containsExactly("* the database of users is away, try again later; your name?");
    chat.accounts.away(null);
    chat.database.away("no disk");
    ann.type("ann secret one\n");
    assertThat(ann.shown())
        .contains("* the chat cannot be used now: the database is away, try again later");
    assertThat(ann.isConnected()).isFalse();
    assertThat(chat.hall.users().find(AccountName.of("ann"))).isEmpty();
    assertThat(whoIsIn()).isEmpty();
  }

  @Test
  void aBannedUserIsToldOnlyWithTheRightPassword() {
    chat.enter("ann").hangsUp();
    chat.accounts.ban(AccountName.of("ann"), new Ban(Instant.MAX.minusSeconds(9), "noise", "op"));
    TestUser guesser = chat.connect();
    guesser.type("ann a guess\n");
    chat.pass(SECOND);
    assertThat(guesser.shown()).last().isEqualTo("* wrong name or password; your name?");
    chat.accounts.ban(
        AccountName.of("ann"), new Ban(Instant.parse("9000-01-01T00:00:00Z"), "noise", "op"));
    TestUser ann = chat.connect();
    ann.type("ann secret of ann\n");
    assertThat(ann.shown()).last().asString().matches("\\* you are banned until .*: noise");
    assertThat(ann.isConnected()).isFalse();
  }

  @Test
  void aBannedAddressIsRefusedAndItsSessionsEnd() {
    TestUser near = chat.connect("192.0.2.99");
    near.type("ann secret of ann\n");
    TestUser far = chat.connect("198.51.100.1");
    far.type("bob secret of bob\n");
    chat.accounts.ban(
        Network.parse("192.0.2.0/24"),
        new Ban(Instant.parse("9000-01-01T00:00:00Z"), "noise", "op"));
    chat.settle();
    assertThat(near.shown())
        .last()
        .asString()
        .matches("\\* your address is banned until .*: noise");
    assertThat(near.isConnected()).isFalse();
    assertThat(far.isConnected()).isTrue();
    TestUser again = chat.connect("192.0.2.98");
    again.type("cid secret of cid\n");
    chat.pass(SECOND);
    assertThat(again.shown()).contains("* your address is banned; your name?");
  }

  @Test
  void aReasonFromOutsideOfTheChatCommandsNoTerminalEither() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    List.of(ann, bob).forEach(TestUser::shown);
    Ban ban = new Ban(Instant.parse("9000-01-01T00:00:00Z"), "go\u202e a\u001b[2Jway\ue000", "op");
    chat.accounts.ban(AccountName.of("ann"), ban);
    chat.accounts.ban(Network.parse("192.0.2.2"), ban);
    assertThat(ann.shown())
        .contains("* you are banned until " + Times.of(ban.until()) + ": go away\ufffd");
    assertThat(bob.shown())
        .contains("* your address is banned until " + Times.of(ban.until()) + ": go away\ufffd");
  }

  @Test
  void aBanThatComesWhileSomebodyLogsInIsNotMissed() {
    chat.enter("ann").hangsUp();
    TestUser ann = chat.connect();
    chat.accountCalls.hold();
    ann.type("ann secret of ann\n");
    chat.accounts.ban(
        AccountName.of("ann"), new Ban(Instant.parse("9000-01-01T00:00:00Z"), "noise", "op"));
    chat.accountCalls.release(); // both, before the connection's thread hears of the first
    chat.settle();
    assertThat(ann.shown()).last().asString().startsWith("* you are banned until ");
    assertThat(ann.isConnected()).isFalse();
    assertThat(whoIsIn()).isEmpty();
    assertThat(chat.hall.accountOf(AccountName.of("ann"))).isEmpty();
  }

  @Test
  void whoGoesWhileThePasswordIsLookedAtLeavesNothingBehind() {
    TestUser ann = chat.connect();
    chat.accountCalls.hold();
    ann.type("ann secret one\n");
    ann.hangsUp();
    chat.accountCalls.release();
    chat.settle();
    assertThat(chat.hall.accountOf(AccountName.of("ann"))).isEmpty();
    assertThat(whoIsIn()).isEmpty();
  }

  @Test
  void aProgramThatSendsAllAtOnceAndEndsItsInputIsServedToTheEnd() {
    TestUser bob = chat.enter("bob");
    TestUser ann = chat.connect();
    ann.shown();
    chat.accountCalls.hold();
    ann.type("ann secret one\nhello\nbye\n");
    ann.endsInput();
    assertThat(ann.isConnected()).isTrue();
    chat.accountCalls.release();
    chat.settle();
    assertThat(bob.shown())
        .containsExactly("* ann has come in", "ann: hello", "ann: bye", "* ann has left");
    assertThat(ann.isConnected()).isFalse();
  }

  @Test
  void anOperatorIsOneAlsoInTheChat() {
    chat.enter("op");
    chat.accounts.setRole(AccountName.of("op"), Role.OPERATOR);
    TestUser op = chat.enter("op");
    op.type("/help\n");
    assertThat(op.shown()).anyMatch(line -> line.startsWith("* /kick NAME [REASON]"));
  }

  @Test
  void everyEndOfALineEndsAPassword() {
    for (String end : List.of("\r\0", "\r\n", "\r", "\n")) {
      TestUser ann = chat.connect();
      ann.type("ann" + end);
      ann.type("secret one" + end);
      assertThat(ann.text())
          .as("%s", (Object) end.getBytes(StandardCharsets.UTF_8))
          .contains("* in lobby: ann");
      ann.hangsUp();
    }
    TestUser again = chat.connect();
    again.type("ann secret one\n");
    assertThat(again.shown()).contains("* in lobby: ann");
  }

  @Test
  void aTerminalThatIsInterruptedIsAnswered() {
    TestUser ann = chat.enter("ann");
    ann.send(new byte[] {(byte) 255, (byte) 244, (byte) 255, (byte) 253, 6});
    assertThat(ann.received()).containsExactly(255, 251, 6);
    ann.type("/who\n");
    assertThat(ann.shown()).containsExactly("* in lobby: ann");
  }

  @Test
  void aFloodOfDemandsIsNotReadWhileItsAnswersAreNot() {
    TestUser ann = chat.enter("ann");
    ann.stalls();
    byte[] flood = new byte[3 * 60_000];
    for (int i = 0; i < flood.length; i += 3) {
      flood[i] = (byte) 255;
      flood[i + 1] = (byte) 253;
      flood[i + 2] = 6;
    }
    ann.send(flood);
    assertThat(ann.isRead()).isFalse();
    ann.reads();
    assertThat(ann.isRead()).isTrue();
    assertThat(ann.received()).hasSize(flood.length);
  }

  @Test
  void aWebPageIsNoUser() throws Exception {
    TestUser bob = chat.enter("bob");
    for (String first :
        List.of("POST /x HTTP/1.1\r\n", "X-A: b\r\n", "\u0016\u0003\u0001\u0002\0", "POST\n")) {
      TestUser page = chat.connect();
      page.shown();
      page.type(first + "Host: localhost\r\n\r\nHello, lobby\r\n/quit\r\n");
      assertThat(page.shown()).singleElement().asString().endsWith(" is not spoken here");
      assertThat(page.isConnected()).isFalse();
    }
    assertThat(bob.shown()).isEmpty();
    assertThat(chat.chat.accounts().find(AccountName.of("POST")).toCompletableFuture().get())
        .isEmpty();
    assertThat(whoIsIn()).containsExactly("bob");
  }

  @Test
  void strangersFillNoLog() {
    java.net.SocketAddress address = new java.net.InetSocketAddress("192.0.2.1", 1);
    Strangers strangers = chat.chat.strangers();
    assertThat(strangers.note(address, "HTTP")).isTrue();
    for (int i = 0; i < 100; i++) {
      assertThat(strangers.note(address, "HTTP")).isFalse();
    }
    chat.pass(Duration.ofMinutes(1));
    assertThat(strangers.note(address, "TLS")).isTrue();
  }

  @Test
  void aRefusalIsNotSaidBehindALaterOffer() {
    TestUser ann = chat.connect();
    ann.shown();
    ann.send(new byte[] {(byte) 255, (byte) 253, 1, 'a', 'n', 'n', '\r', '\n'});
    assertThat(new String(ann.received(), StandardCharsets.ISO_8859_1))
        .isEqualTo("\u00ff\u00fc\u0001Password: \u00ff\u00fb\u0001");
  }
}
