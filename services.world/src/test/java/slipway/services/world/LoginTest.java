package slipway.services.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.account.AccountName;
import slipway.account.Ban;
import slipway.packet.PacketEnd;
import slipway.testkit.TestPeer;

/** How players come in. */
class LoginTest {

  private final TestGame game = new TestGame();

  @AfterEach
  void close() throws Exception {
    game.close();
  }

  private long ended(PacketEnd why) {
    return game.tester.packets().sessions(GameService.NAME).ended(why);
  }

  @Test
  void aNewPlayerIsRegisteredAndComesToTheFirstZone() {
    TestPlayer ann = game.client().logsIn("ann", "secret");
    game.frames(3);
    assertThat(ann.hears().toString()).matches("\\[welcome, meadow \\d+,\\d+]");
    assertThat(ann.connection().isOpen()).isTrue();
  }

  @Test
  void aPlayerComesBackWhereItHasLeft() throws Exception {
    TestPlayer ann = game.player("ann", "harbour", 300, 400);
    assertThat(ann.hears()).containsExactly("welcome", "harbour 300,400");
    ann.sends(TestPlayer.walk(1, 310, 400));
    game.frame();
    ann.connection().close();
    game.frames(2);
    TestPlayer again = game.client().logsIn("Ann", TestGame.PASSWORD);
    game.frames(3);
    assertThat(again.hears()).containsExactly("welcome", "harbour 310,400");
  }

  @Test
  void playersComeBackAtOnceAfterARestart() throws Exception {
    game.player("ann", "harbour", 300, 400);
    game.tester.restart(game.version());
    TestPlayer again = game.client().logsIn("ann", TestGame.PASSWORD);
    game.frames(3);
    assertThat(again.hears()).containsExactly("welcome", "harbour 300,400");
  }

  @Test
  void aPlayerWhosePlaceIsGoneBeginsAnew() throws Exception {
    assertThat(game.player("ann", "desert", 1, 1).hears().getLast()).startsWith("meadow ");
    assertThat(game.player("bob", "forest", 1, 1000).hears().get(1)).startsWith("meadow ");
  }

  @Test
  void thoseThatMayNotComeInAreToldWhyAndClosed() throws Exception {
    game.account("ann", "meadow", 0, 0);
    game.account("bob", "meadow", 0, 0);
    game.accounts.ban(
        AccountName.of("bob"), new Ban(Instant.parse("2999-01-01T00:00:00Z"), "spam", "eve"));
    assertRefused("ann", "another", "refused 1: wrong password");
    assertRefused("bob", TestGame.PASSWORD, "refused 2: banned until 2999-01-01T00:00:00Z: spam");
    assertRefused("a b", "secret", "refused 5: a name is " + AccountName.FORM);
    game.accounts.away("it is repaired");
    assertRefused("ann", "secret", "refused 4: the database of users is away, try again later");
  }

  private void assertRefused(String name, String password, String answer) {
    TestPlayer player = game.client().logsIn(name, password);
    game.frames(3);
    assertThat(player.hears()).containsExactly(answer);
    assertThat(player.connection().isOpen()).isFalse();
  }

  @Test
  void withoutItsDatabaseNobodyComesIn() throws Exception {
    game.account("ann", "meadow", 0, 0);
    game.database.away("it is repaired");
    assertRefused("ann", TestGame.PASSWORD, "refused 4: try again later");
    game.database.away(null);
    TestPlayer ann = game.client().logsIn("ann", TestGame.PASSWORD);
    game.frames(3);
    assertThat(ann.hears()).containsExactly("welcome", "meadow 0,0");
  }

  @Test
  void aSecondLogInOfASessionEndsIt() {
    game.tester.work().hold();
    TestPlayer ann = game.client().logsIn("ann", "secret");
    game.frame();
    ann.logsIn("bob", "secret");
    game.frames(2);
    assertThat(ann.connection().isOpen()).isFalse();
    assertThat(ended(PacketEnd.BAD_PACKET)).isOne();
    game.tester.work().release();
    game.frames(2);
    assertThat(ann.all()).isEmpty();
  }

  @Test
  void nothingElseCanBeDoneBeforeLoggingIn() {
    TestPlayer ann = game.client().sends(TestPlayer.say("hello"));
    game.frames(2);
    assertThat(ann.connection().isOpen()).isFalse();
    assertThat(ended(PacketEnd.UNKNOWN_TYPE)).isOne();
  }

  @Test
  void aliveIsTakenAndNotAnswered() {
    TestPlayer ann = game.client().sends(TestPeer.packet(Protocol.ALIVE));
    game.frames(2);
    assertThat(ann.all()).isEmpty();
    assertThat(ann.connection().isOpen()).isTrue();
  }

  @Test
  void oneThatSaysNothingIsClosed() {
    TestPlayer ann = game.client();
    game.tester.frames(25 * 80);
    assertThat(ann.connection().isOpen()).isFalse();
    assertThat(ended(PacketEnd.TIMEOUT)).isOne();
  }

  // ---- one player an account -------------------------------------------------------------------

  @Test
  void aNewerSessionThrowsTheOlderOneOutAndGoesOnFromThere() throws Exception {
    TestPlayer older = game.player("ann", "forest", 300, 400);
    older.sends(TestPlayer.walk(1, 310, 400));
    game.frame();
    TestPlayer newer = game.client().logsIn("ann", TestGame.PASSWORD);
    game.frames(5);
    assertThat(older.connection().isOpen()).isFalse();
    assertThat(newer.hears()).containsExactly("welcome", "forest 310,400");
  }

  @Test
  void theNewerSessionWaitsUntilThePlaceOfTheOlderOneIsKept() throws Exception {
    TestPlayer older = game.player("ann", "forest", 300, 400);
    TestPlayer newer = game.client().logsIn("ann", TestGame.PASSWORD);
    game.frame();
    game.tester.work().hold();
    game.frames(10);
    assertThat(older.connection().isOpen()).isFalse();
    assertThat(newer.hears()).isEmpty();
    game.tester.work().release();
    game.frames(3);
    assertThat(newer.hears()).containsExactly("welcome", "forest 300,400");
  }

  @Test
  void ofTwoThatWaitTheNewestComesIn() throws Exception {
    game.player("ann", "forest", 300, 400);
    TestPlayer second = game.client().logsIn("ann", TestGame.PASSWORD);
    TestPlayer third = game.client().logsIn("ann", TestGame.PASSWORD);
    game.frames(6);
    assertThat(second.connection().isOpen()).isFalse();
    assertThat(third.hears()).containsExactly("welcome", "forest 300,400");
    TestPlayer fourth = game.client().logsIn("ann", TestGame.PASSWORD);
    game.frames(6);
    assertThat(third.connection().isOpen()).isFalse();
    assertThat(fourth.hears()).containsExactly("welcome", "forest 300,400");
  }

  // ---- another version -------------------------------------------------------------------------

  @Test
  void aLogInThatIsUnderWayIsFinishedByTheNextVersion() throws Exception {
    game.account("ann", "forest", 300, 400);
    game.tester.work().hold();
    TestPlayer ann = game.client().logsIn("ann", TestGame.PASSWORD);
    game.frame();
    CompletableFuture<String> taken = game.tester.beginToTakeOver(game.version());
    game.frame();
    game.tester.work().release();
    game.frames(3);
    assertThat(ann.hears()).containsExactly("welcome", "forest 300,400");
    game.frames(25);
    assertThat(taken).isCompleted();
  }

  @Test
  void theNextVersionKnowsWhoIsIn() throws Exception {
    TestPlayer older = game.player("ann", "forest", 300, 400);
    game.tester.takeOver(game.version());
    TestPlayer newer = game.client().logsIn("ann", TestGame.PASSWORD);
    game.frames(5);
    assertThat(older.connection().isOpen()).isFalse();
    assertThat(newer.hears()).containsExactly("welcome", "forest 300,400");
  }

  @Test
  void oneThatWaitsForAnOlderSessionWaitsInTheNextVersion() throws Exception {
    game.player("ann", "forest", 300, 400);
    TestPlayer newer = game.client().logsIn("ann", TestGame.PASSWORD);
    game.frame();
    game.tester.work().hold();
    game.frames(2);
    game.tester.beginToTakeOver(game.version());
    game.frames(2);
    assertThat(newer.hears()).isEmpty();
    game.tester.work().release();
    game.frames(3);
    assertThat(newer.hears()).containsExactly("welcome", "forest 300,400");
  }
}
