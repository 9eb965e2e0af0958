package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.packet.PacketSettings;
import slipway.server.world.TestWorlds.Player;
import slipway.world.WorldSpec;

/** One peer of many takes more than its share, or less than it is sent. */
class CrowdTest {

  private static final int OTHERS = 40;
  private static final int FRAMES = 20;
  private static final int PACKETS = 4;
  private static final Duration FRAME = Duration.ofMillis(40);
  private static final String LONG = "x".repeat(150);

  private final TestWorlds test = new TestWorlds();
  private final List<Player> others = new ArrayList<>();

  @AfterEach
  void close() {
    test.close();
  }

  /** Opens a world with some players, and returns one more. */
  private Player openFor(String name) {
    test.open(WorldSpec.game("arena").packetsPerFrame(PACKETS));
    Player special = test.player();
    for (int each = 0; each < OTHERS; each++) {
      others.add(test.player());
    }
    special.says(name);
    test.frame();
    test.notes.taken();
    return special;
  }

  /** Lets the time of a frame pass, for the event loop as well. */
  private void frame() {
    test.frame();
    test.host().pass(FRAME);
  }

  /** How often a text was noted since the last look. */
  private static long count(List<String> notes, String text) {
    return notes.stream().filter(note -> note.contains(": " + text + " ")).count();
  }

  @Test
  void aPeerThatFloodsDelaysNobodyAndIsReadNoFurther() {
    Player flood = openFor("flood");
    PacketSettings usual = PacketSettings.usual(TestWorlds.LAN);
    for (int frame = 0; frame < FRAMES; frame++) {
      for (int each = 0; each < 10 * PACKETS; each++) {
        flood.says(LONG);
      }
      others.forEach(player -> player.says("mine"));
      test.frame();
      List<String> notes = test.notes.taken();
      assertThat(count(notes, "mine")).as("in frame %d", frame).isEqualTo(OTHERS);
      assertThat(count(notes, LONG)).as("in frame %d", frame).isEqualTo(PACKETS);
    }
    assertThat(flood.connection().isRead()).isFalse();
    test.world("arena").measure();
    assertThat(test.world("arena").counts().census().inboxes())
        .isBetween(1L, (long) usual.inboxLimit() + LONG.length());
    assertThat(flood.connection().isOpen()).isTrue();
    test.frames(10 * FRAMES);
    assertThat(count(test.notes.taken(), LONG))
        .as("nothing of it is lost")
        .isEqualTo((10L * PACKETS - PACKETS) * FRAMES);
  }

  @Test
  void aPeerThatDoesNotReadIsClosedAndNobodyElse() {
    Player deaf = openFor("deaf");
    deaf.connection().reads(false);
    String all = "all " + LONG;
    int sent = 0;
    for (; deaf.connection().isOpen(); sent += PACKETS) {
      others.getFirst().says(Collections.nCopies(PACKETS, all).toArray(String[]::new));
      frame();
      assertThat(sent * LONG.length()).as("bytes that wait for it").isLessThan(1 << 20);
    }
    test.frame();
    assertThat(test.world("arena").counts().totals().slow()).isEqualTo(1);
    assertThat(test.world("arena").places().taken()).isEqualTo(OTHERS);
    for (Player other : others) {
      assertThat(other.heard()).isEqualTo(Collections.nCopies(sent, LONG));
    }
  }

  @Test
  void aPeerThatReadsLateHearsTheLatestOnly() {
    Player late = openFor("late");
    late.connection().reads(false);
    for (int each = 0; each < 4_000; each += PACKETS) {
      int first = each;
      others
          .getFirst()
          .says(
              Stream.of(0, 1, 2, 3)
                  .map(number -> "latest " + (first + number) + "-" + LONG)
                  .toArray(String[]::new));
      frame();
    }
    late.connection().reads(true);
    test.frame();
    List<String> heard = late.heard();
    assertThat(heard).last().isEqualTo("3999-" + LONG);
    assertThat(heard)
        .as("as many as were on their way")
        .hasSizeLessThan(1_000)
        .hasSizeGreaterThan(1);
    assertThat(late.connection().isOpen()).isTrue();
  }
}
