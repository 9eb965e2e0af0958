package slipway.services.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import org.junit.jupiter.api.Test;
import slipway.packet.PacketReader;
import slipway.testkit.TestPeer;

/** The parts of the game that need no world. */
class PartsTest {

  // ---- the roster ------------------------------------------------------------------------------

  private static final long ACCOUNT = 7;
  private final Roster roster = new Roster();

  private Visitor enters(long session, long until, long before) {
    roster.add(session);
    Visitor visitor = roster.find(session);
    assertThat(roster.enter(visitor, ACCOUNT, "ann", until)).isEqualTo(before);
    return visitor;
  }

  @Test
  void whatNobodyTellsOfIsWaitedForAWhile() {
    assertThat(enters(1, 50, 0).waits()).isFalse();
    roster.moved(1);
    Visitor second = enters(2, 60, 1);
    assertThat(second.waits()).isTrue();
    assertThat(roster.overdue(59)).isNull();
    assertThat(roster.overdue(60)).isSameAs(second);
    assertThat(second.waits()).isFalse();
    assertThat(roster.overdue(61)).isNull();
  }

  @Test
  void oneThatHasGoneIsNotOverdue() {
    enters(1, 50, 0);
    roster.moved(1);
    enters(2, 60, 1);
    roster.gone(2);
    assertThat(roster.overdue(100)).isNull();
    assertThat(enters(3, 200, 1).awaited()).as("the older one is still awaited").isOne();
  }

  @Test
  void aDepartureThatNobodyWaitsForIsTheEnd() {
    enters(1, 50, 0);
    roster.moved(1);
    assertThat(roster.left(new Departure(ACCOUNT, 1))).isNull();
    assertThat(roster.left(new Departure(ACCOUNT, 1))).isNull();
    assertThat(enters(2, 60, 0).waits()).isFalse();
  }

  @Test
  void oneThatHasNotComeInYetIsNotWaitedFor() {
    enters(1, 50, 0);
    assertThat(enters(2, 60, 1).waits()).isFalse();
    assertThat(roster.find(1)).isNull();
    roster.gone(1);
    assertThat(enters(3, 70, 2).waits()).isFalse();
  }

  @Test
  void thoseThatWaitDoSoInTheirOrderAfterALoad() throws Exception {
    for (long account = 1; account <= 3; account++) {
      roster.add(account);
      roster.enter(roster.find(account), account, "n" + account, 0);
      roster.moved(account);
    }
    for (long account = 3; account >= 1; account--) {
      roster.add(10 + account);
    }
    for (long account = 1; account <= 3; account++) {
      roster.enter(roster.find(10 + account), account, "n" + account, 100 + account);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    roster.save(new DataOutputStream(bytes));
    Roster loaded = Roster.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(loaded.overdue(101).session()).isEqualTo(11);
    assertThat(loaded.overdue(101)).isNull();
    assertThat(loaded.overdue(103).session()).isEqualTo(12);
    assertThat(loaded.overdue(103).session()).isEqualTo(13);
  }

  // ---- the grid --------------------------------------------------------------------------------

  @Test
  void aCellSeesThoseAroundIt() {
    Grid grid = new Grid();
    assertThat(grid.at(0, 0).view()).hasSize(4);
    assertThat(grid.at(500, 0).view()).hasSize(6);
    assertThat(grid.at(999, 999).view()).hasSize(4);
    Cell cell = grid.at(250, 350);
    assertThat(cell.view())
        .hasSize(9)
        .contains(cell, grid.at(199, 250), grid.at(399, 499))
        .doesNotContain(grid.at(99, 350), grid.at(250, 500));
    assertThat(grid.cells()).hasSize(100);
  }

  // ---- texts -----------------------------------------------------------------------------------

  @Test
  void aTextIsCutBeforeACharacterThatDoesNotFit() {
    String text = "x".repeat(254) + "ß";
    byte[] payload = Protocol.text(TestPeer.packet(1), text).payload();
    PacketReader packet = PacketReader.of(payload);
    packet.skip(Short.BYTES);
    assertThat(Protocol.text(packet)).isEqualTo("x".repeat(254));
    packet.end();
  }

  // ---- walking ---------------------------------------------------------------------------------

  @Test
  void aStepIsNeverTooLongAndAlwaysGetsThere() {
    for (int x = 0; x < Zones.SIZE; x += 37) {
      for (int y = 0; y < Zones.SIZE; y += 41) {
        Player player = new Player(null, 1, "ann", x, y);
        player.wants(y, 999 - x);
        int most = Math.max(Math.abs(y - x), Math.abs(999 - x - y));
        int steps = 0;
        while (!player.isThere()) {
          int beforeX = player.x();
          int beforeY = player.y();
          player.step();
          steps++;
          assertThat(Math.abs(player.x() - beforeX)).isLessThanOrEqualTo(Player.STRIDE);
          assertThat(Math.abs(player.y() - beforeY)).isLessThanOrEqualTo(Player.STRIDE);
        }
        assertThat(steps).isEqualTo(Math.ceilDiv(most, Player.STRIDE));
      }
    }
  }
}
