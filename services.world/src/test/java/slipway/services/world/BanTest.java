package slipway.services.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.account.AccountName;
import slipway.account.Ban;
import slipway.account.Network;
import slipway.packet.PacketSettings;
import slipway.testkit.TestConnection;
import slipway.testkit.TestPeer;

/** What happens to players when operators change their accounts. */
class BanTest {

  private static final Instant FAR = Instant.parse("2999-01-01T00:00:00Z");
  private static final AccountName ANN = AccountName.of("ann");
  private static final String BANNED = "refused 2: banned until 2999-01-01T00:00:00Z: spam";

  private final TestGame game = new TestGame();
  private TestPlayer ann;
  private TestPlayer bob;

  @BeforeEach
  void come() throws Exception {
    ann = game.player("ann", "forest", 300, 400);
    bob = game.player("bob", "forest", 310, 400);
    ann.hears();
    bob.hears();
  }

  @AfterEach
  void close() throws Exception {
    game.close();
  }

  private void ban() {
    game.accounts.ban(ANN, new Ban(FAR, "spam", "eve"));
  }

  private void assertOut(String reason) {
    game.frames(2);
    assertThat(ann.hears()).last().isEqualTo(reason);
    assertThat(ann.connection().isOpen()).isFalse();
    assertThat(bob.hears()).contains("went ann");
    assertThat(bob.connection().isOpen()).isTrue();
  }

  @Test
  void aPlayerThatIsBannedIsToldWhyAndIsOutAtOnce() {
    ban();
    assertOut(BANNED);
  }

  @Test
  void aPlayerThatHasGoneToAnotherZoneIsOutToo() {
    ann.sends(TestPlayer.go("harbour"));
    game.frames(3);
    ban();
    assertOut(BANNED);
  }

  @Test
  void aPlayerThatIsRemovedIsOut() {
    game.accounts.remove(ANN);
    assertOut("refused 5: the user is removed");
  }

  @Test
  void aPlayerWhosePasswordIsSetByAnOperatorIsOut() {
    game.accounts.setPassword(ANN, "another".getBytes());
    assertOut("refused 1: the password has changed");
  }

  @Test
  void allClientsOfANetworkThatIsBannedAreOut() {
    TestConnection connection = game.tester.host().connect(new InetSocketAddress("192.0.2.7", 1));
    TestPeer peer = new TestPeer(connection, PacketSettings.usual().format());
    TestPlayer there = new TestPlayer(peer, new HashMap<>());
    game.frame();
    game.accounts.ban(Network.parse("192.0.2.0/24"), new Ban(FAR, "spam", "eve"));
    game.frames(2);
    assertThat(there.hears()).containsExactly(BANNED);
    assertThat(connection.isOpen()).isFalse();
    assertThat(ann.connection().isOpen()).isTrue();
  }

  @Test
  void aBanThatHasEndedPutsNobodyOut() {
    game.accounts.ban(ANN, new Ban(Instant.EPOCH, "spam", "eve"));
    game.accounts.unban(ANN);
    game.frames(2);
    assertThat(ann.connection().isOpen()).isTrue();
  }

  @Test
  void aPlayerThatHasLoggedInAgainIsOutToo() {
    TestPlayer again = game.client().logsIn("ann", TestGame.PASSWORD);
    game.frames(6);
    ban();
    game.frames(2);
    assertThat(again.hears()).endsWith(BANNED);
    assertThat(again.connection().isOpen()).isFalse();
  }

  @Test
  void aBanWhileItLogsInKeepsAPlayerOut() {
    ann.connection().close();
    game.frames(4);
    game.tester.work().hold();
    TestPlayer again = game.client().logsIn("ann", TestGame.PASSWORD);
    game.frame();
    game.tester.work().release(); // its password is right, which its world does not know yet
    ban();
    game.frames(5);
    assertThat(again.hears()).containsExactly(BANNED);
    assertThat(again.connection().isOpen()).isFalse();
  }

  @Test
  void theNextVersionKnowsWhomToPutOut() {
    game.tester.takeOver(game.version());
    ban();
    assertOut(BANNED);
  }
}
