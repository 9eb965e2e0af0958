package slipway.services.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.packet.PacketEnd;
import slipway.packet.PacketSettings;

/** Players whose connections are lost. */
class ComingBackTest {

  private static final Duration WINDOW = Duration.ofSeconds(30);

  private final TestGame game = new TestGame(PacketSettings.usual().resume(WINDOW, 4096));

  @AfterEach
  void close() throws Exception {
    game.close();
  }

  private long ended(PacketEnd why) {
    return game.tester.packets().sessions(GameService.NAME).ended(why);
  }

  @Test
  void aPlayerComesBackAndHasMissedNothing() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 10, 10);
    assertThat(ann.hears()).containsExactly("welcome", "token", "meadow 10,10");
    TestPlayer bob = game.player("bob", "meadow", 50, 50);
    ann.hears();
    bob.hears();
    ann.sends(TestPlayer.walk(1, 20, 10), TestPlayer.walk(2, 30, 10));
    ann.connection().close();
    game.frames(3);
    bob.sends(TestPlayer.say("ann?"));
    game.frame();
    TestPlayer again = game.client().comesBackAs(ann);
    game.frames(3);
    long said = 15 + 2 * 12; // a log-in and two walks
    assertThat(again.hears().stream().filter(text -> !text.startsWith("update")))
        .containsExactly("goal 1 20,10", "goal 2 30,10", "bob: ann?", "resumed " + said + " token");
    again.sends(TestPlayer.say("here")).acknowledges(0);
    game.frames(2);
    assertThat(again.hears()).contains("ann: here");
    assertThat(bob.hears()).contains("ann: here").doesNotContain("went ann");
  }

  @Test
  void aPlayerThatComesBackTooLateIsToldToLogIn() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 10, 10);
    ann.hears();
    ann.connection().close();
    game.tester.pass(WINDOW);
    game.frames(2);
    TestPlayer again = game.client().comesBackAs(ann);
    game.frames(2);
    assertThat(again.hears()).containsExactly("refused 6: log in again");
    assertThat(again.connection().isOpen()).isFalse();
    TestPlayer anew = game.client().logsIn("ann", TestGame.PASSWORD);
    game.frames(3);
    assertThat(anew.hears()).containsExactly("welcome", "token", "meadow 10,10");
  }

  @Test
  void aLogInEndsALostSession() throws Exception {
    TestPlayer ann = game.player("ann", "forest", 300, 400);
    ann.hears();
    ann.connection().close();
    game.frame();
    TestPlayer newer = game.client().logsIn("ann", TestGame.PASSWORD);
    game.frames(5);
    assertThat(newer.hears()).containsExactly("welcome", "token", "forest 300,400");
    TestPlayer older = game.client().comesBackAs(ann);
    game.frames(2);
    assertThat(older.hears()).containsExactly("refused 6: log in again");
  }

  @Test
  void aLogInEndsASessionThatHasComeBack() throws Exception {
    TestPlayer ann = game.player("ann", "forest", 300, 400);
    ann.hears();
    ann.connection().close();
    TestPlayer again = game.client().comesBackAs(ann);
    game.frames(3);
    TestPlayer newer = game.client().logsIn("ann", TestGame.PASSWORD);
    game.frames(5);
    assertThat(again.connection().isOpen()).isFalse();
    assertThat(newer.hears()).containsExactly("welcome", "token", "forest 300,400");
  }

  @Test
  void aPlayerThatSaysItHasMoreThanItWasSentIsClosed() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 10, 10);
    ann.hears();
    ann.acknowledges(1000);
    game.frames(2);
    assertThat(ended(PacketEnd.BAD_PACKET)).isOne();
  }

  @Test
  void nobodyComesBackAfterALogIn() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 10, 10);
    game.tester.work().hold();
    TestPlayer bob = game.client().logsIn("bob", TestGame.PASSWORD);
    bob.sends(TestPlayer.resume(new byte[Protocol.TOKEN_BYTES], 0));
    game.frames(3);
    assertThat(bob.connection().isOpen()).isFalse();
    assertThat(ended(PacketEnd.BAD_PACKET)).isOne();
    assertThat(ann.connection().isOpen()).isTrue();
    game.tester.work().release();
  }
}
