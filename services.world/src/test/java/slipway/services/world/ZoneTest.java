package slipway.services.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.packet.PacketBuilder;
import slipway.packet.PacketEnd;
import slipway.packet.PacketFormat;
import slipway.packet.PacketSettings;
import slipway.testkit.TestPeer;

/** What players of a zone do, and see of each other. */
class ZoneTest {

  private TestGame game = new TestGame();

  @AfterEach
  void close() throws Exception {
    game.close();
  }

  private long ended(PacketEnd why) {
    return game.tester.packets().sessions(GameService.NAME).ended(why);
  }

  private static List<String> withoutNumber(List<String> texts) {
    return texts.stream().map(text -> text.replaceFirst("update \\d+", "update")).toList();
  }

  // ---- walking ---------------------------------------------------------------------------------

  @Test
  void aPlayerWalksStraightToItsGoal() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 10, 10);
    ann.all();
    ann.sends(TestPlayer.walk(7, 35, 22));
    game.frames(4);
    assertThat(withoutNumber(ann.all()))
        .containsExactly(
            "goal 7 35,22", "update ann 18,14", "update ann 26,18", "update ann 35,22", "update");
  }

  @Test
  void aGoalOutsideOfTheZoneIsItsEdge() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 995, 3);
    ann.all();
    ann.sends(TestPlayer.walk(0xffff_ffffL, 0xffff, 0));
    game.frames(2);
    assertThat(ann.hears()).first().isEqualTo("goal 4294967295 999,0");
    assertThat(withoutNumber(ann.all())).doesNotContain("update ann 1000,0");
  }

  @Test
  void theLastGoalCounts() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 500, 500);
    ann.all();
    ann.sends(TestPlayer.walk(1, 600, 500), TestPlayer.walk(2, 490, 500));
    game.frame();
    ann.sends(TestPlayer.walk(3, 490, 500));
    game.frame();
    assertThat(withoutNumber(ann.all()))
        .containsExactly(
            "goal 1 600,500", "goal 2 490,500", "update ann 490,500", "goal 3 490,500", "update");
  }

  @Test
  void eachFrameHasOneUpdate() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 0, 0);
    List<String> before = ann.all();
    int last = Integer.parseInt(before.getLast().substring("update ".length()));
    game.frames(5);
    assertThat(ann.all())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(last + 1, last + 5).mapToObj(each -> "update " + each).toList());
  }

  // ---- seeing ----------------------------------------------------------------------------------

  @Test
  void thoseInTheCellsAroundSeeEachOther() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 50, 50);
    TestPlayer bob = game.player("bob", "meadow", 199, 199);
    TestPlayer eve = game.player("eve", "meadow", 200, 50);
    TestPlayer far = game.player("far", "forest", 50, 50);
    assertThat(ann.hears()).containsExactly("welcome", "meadow 50,50", "came bob 199,199");
    assertThat(bob.hears())
        .containsExactly("welcome", "meadow 199,199", "came ann 50,50", "came eve 200,50");
    assertThat(eve.hears()).containsExactly("welcome", "meadow 200,50", "came bob 199,199");
    assertThat(far.hears()).containsExactly("welcome", "forest 50,50");
    Stream.of(ann, bob, eve).forEach(player -> player.sends(TestPlayer.look(1)));
    game.frame();
    assertThat(ann.hears()).singleElement().asString().matches("seen 1 in \\d+ at 50,50 bob .*");
    assertThat(bob.hears())
        .singleElement()
        .asString()
        .matches("seen 1 in \\d+ at 199,199 ann 50,50 eve 200,50");
    assertThat(eve.hears()).singleElement().asString().endsWith("at 200,50 bob 199,199");
  }

  @Test
  void oneThatWalksIsSeenAndNoLongerSeen() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 50, 50);
    TestPlayer bob = game.player("bob", "meadow", 205, 50);
    ann.all();
    bob.all();
    bob.sends(TestPlayer.walk(1, 195, 50));
    game.frame();
    assertThat(withoutNumber(ann.all())).containsExactly("came bob 195,50", "update bob 195,50");
    assertThat(withoutNumber(bob.all()))
        .containsExactly("goal 1 195,50", "came ann 50,50", "update bob 195,50");
    bob.sends(TestPlayer.walk(2, 205, 50));
    game.frame();
    assertThat(withoutNumber(ann.all())).containsExactly("went bob", "update");
    assertThat(withoutNumber(bob.all()))
        .containsExactly("goal 2 205,50", "went ann", "update bob 205,50");
  }

  @Test
  void oneThatLeavesIsSeenUntilTheNextFrame() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 50, 50);
    TestPlayer bob = game.player("bob", "meadow", 60, 50);
    ann.all();
    bob.connection().close();
    game.frame();
    assertThat(withoutNumber(ann.all())).containsExactly("update");
    ann.sends(TestPlayer.look(1));
    game.frame();
    List<String> texts = withoutNumber(ann.all());
    assertThat(texts.subList(0, 2)).containsExactly("went bob", "update");
    assertThat(texts.get(2)).startsWith("seen 1 ").endsWith("at 50,50");
  }

  @Test
  void oneThatComesNextHearsNothingOfOneThatHasLeft() throws Exception {
    TestPlayer bob = game.player("bob", "meadow", 60, 50);
    game.account("ann", "meadow", 50, 50);
    TestPlayer ann = game.client().logsIn("ann", TestGame.PASSWORD);
    bob.connection().close();
    game.frames(3);
    assertThat(ann.hears()).containsExactly("welcome", "meadow 50,50");
  }

  // ---- talking ---------------------------------------------------------------------------------

  @Test
  void whatIsSaidIsHeardByThoseNear() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 50, 50);
    TestPlayer bob = game.player("bob", "meadow", 150, 150);
    TestPlayer eve = game.player("eve", "meadow", 350, 50);
    Stream.of(ann, bob, eve).forEach(TestPlayer::all);
    ann.sends(TestPlayer.say("grüß dich"), TestPlayer.say(""));
    game.frame();
    assertThat(ann.hears()).containsExactly("ann: grüß dich", "ann: ");
    assertThat(bob.hears()).containsExactly("ann: grüß dich", "ann: ");
    assertThat(eve.hears()).isEmpty();
  }

  // ---- other zones -----------------------------------------------------------------------------

  @Test
  void aPlayerGoesToAnotherZone() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 50, 50);
    TestPlayer bob = game.player("bob", "meadow", 60, 60);
    TestPlayer eve = game.player("eve", "forest", 70, 70);
    Stream.of(ann, bob, eve).forEach(TestPlayer::all);
    bob.sends(TestPlayer.go("forest"), TestPlayer.walk(5, 65, 60));
    game.frames(2);
    assertThat(ann.hears()).containsExactly("went bob");
    assertThat(withoutNumber(eve.hears())).containsExactly("came bob 60,60", "update bob 65,60");
    assertThat(withoutNumber(bob.hears()))
        .containsExactly("forest 60,60", "came eve 70,70", "goal 5 65,60", "update bob 65,60");
    bob.connection().close();
    game.frames(2);
    TestPlayer again = game.client().logsIn("bob", TestGame.PASSWORD);
    game.frames(3);
    assertThat(again.hears().get(1)).isEqualTo("forest 65,60");
  }

  @Test
  void aPlayerGoesToTheZoneWhereItIs() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 50, 50);
    TestPlayer bob = game.player("bob", "meadow", 60, 60);
    Stream.of(ann, bob).forEach(TestPlayer::all);
    bob.sends(TestPlayer.go("meadow"));
    game.frames(2);
    assertThat(ann.hears()).containsExactly("went bob", "came bob 60,60");
    assertThat(bob.hears()).containsExactly("meadow 60,60", "came ann 50,50");
  }

  @Test
  void oneThatGoesAndLeavesAtOnceIsKept() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 50, 50);
    ann.sends(TestPlayer.go("forest"));
    ann.connection().close();
    game.frames(3);
    TestPlayer again = game.client().logsIn("ann", TestGame.PASSWORD);
    game.frames(60);
    assertThat(again.hears().getFirst()).isEqualTo("welcome");
  }

  // ---- what is wrong, and too much -------------------------------------------------------------

  @Test
  void aPacketThatIsWrongEndsItsSessionAlone() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 50, 50);
    List<PacketBuilder> wrong =
        List.of(
            TestPeer.packet(Protocol.WALK).u32(1).u16(5),
            TestPlayer.walk(1, 5, 5).u8(0),
            TestPeer.packet(Protocol.SAY).u8(5).utf8("four"),
            TestPeer.packet(Protocol.SAY).u8(1).u8(0xff),
            TestPlayer.go("desert"),
            TestPeer.packet(Protocol.LOOK),
            TestPeer.packet(Protocol.ALIVE).u8(0));
    for (int each = 0; each < wrong.size(); each++) {
      TestPlayer bad = game.player("bad" + each, "meadow", 50, 50);
      bad.all();
      bad.sends(TestPlayer.say("one"), wrong.get(each), TestPlayer.say("two"));
      game.frames(2);
      assertThat(bad.hears()).contains("bad" + each + ": one").doesNotContain("bad: two");
      assertThat(bad.connection().isOpen()).isFalse();
    }
    assertThat(ended(PacketEnd.BAD_PACKET)).isEqualTo(wrong.size());
    TestPlayer unknown = game.player("unknown", "meadow", 50, 50);
    unknown.sends(TestPeer.packet(Protocol.LOGIN));
    game.frames(2);
    assertThat(ended(PacketEnd.UNKNOWN_TYPE)).isOne();
    assertThat(ann.connection().isOpen()).isTrue();
  }

  @Test
  void aPlayerThatSendsTooMuchWaitsAlone() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 50, 50);
    TestPlayer bob = game.player("bob", "forest", 50, 50);
    ann.all();
    bob.all();
    String text = "x".repeat(200);
    List<String> said = new ArrayList<>();
    for (int each = 0; each < 200; each++) {
      ann.sends(TestPlayer.say(each + text));
      said.add("ann: " + each + text);
    }
    assertThat(ann.connection().isRead()).as("its inbox is full").isFalse();
    bob.sends(TestPlayer.say("I am served"));
    game.frame();
    assertThat(bob.hears()).containsExactly("bob: I am served");
    assertThat(ann.hears()).hasSize(32);
    game.frames(6);
    assertThat(ann.connection().isRead()).isTrue();
    assertThat(ann.hears()).containsExactlyElementsOf(said.subList(32, 200));
  }

  @Test
  void aCrowdOfWhichAPacketCannotTellEndsTheSessionAndNotTheZone() throws Exception {
    game.close();
    game = new TestGame(PacketSettings.usual(PacketFormat.lan(60)));
    TestPlayer far = game.player("far", "meadow", 900, 900);
    List<TestPlayer> crowd = new ArrayList<>();
    for (int each = 0; each < 6; each++) {
      crowd.add(game.player("p" + each, "meadow", 50, 50));
    }
    crowd.forEach(player -> player.sends(TestPlayer.walk(1, 55, 50)));
    game.frames(2);
    assertThat(crowd).noneMatch(player -> player.connection().isOpen());
    far.all();
    game.frame();
    assertThat(far.all()).hasSize(1);
  }

  // ---- another version -------------------------------------------------------------------------

  /** What two players hear of a walk with talk, with or without another version in the middle. */
  private static List<List<String>> heard(boolean swap) throws Exception {
    try (TestGame game = new TestGame()) {
      TestPlayer ann = game.player("ann", "meadow", 50, 50);
      TestPlayer bob = game.player("bob", "meadow", 350, 350);
      TestPlayer eve = game.player("eve", "meadow", 60, 60);
      bob.sends(TestPlayer.walk(1, 40, 40), TestPlayer.walk(2, 30, 30));
      for (int frame = 0; frame < 60; frame++) {
        if (frame == 7) {
          ann.sends(TestPlayer.say("who comes?"));
          eve.connection().close();
        }
        if (frame == 8 && swap) {
          game.tester.beginToTakeOver(game.version());
        }
        if (frame % 9 == 0) {
          ann.sends(TestPlayer.look(frame), TestPlayer.say("frame " + frame));
        }
        if (frame == 20) {
          bob.sends(TestPlayer.say("me"));
        }
        if (frame == 30) {
          ann.sends(TestPlayer.go("forest"));
        }
        game.frame();
      }
      assertThat(ann.connection().version()).isEqualTo(swap ? "2.0.0" : "1.0.0");
      return List.of(ann.all(), bob.all());
    }
  }

  @Test
  void nobodyNoticesAnotherVersion() throws Exception {
    List<List<String>> swapped = heard(true);
    assertThat(swapped).isEqualTo(heard(false));
    assertThat(swapped.getFirst()).contains("came bob 190,190", "went eve", "bob: me");
  }

  @Test
  void nobodyNoticesARehearsal() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 50, 50);
    TestPlayer bob = game.player("bob", "meadow", 60, 60);
    ann.sends(TestPlayer.walk(1, 900, 900), TestPlayer.say("I go"));
    bob.sends(TestPlayer.walk(1, 0, 0));
    GameService next = game.version();
    game.tester.rehearse(next);
    game.frames(85); // so it arrives, however many frames the rehearsal took
    assertThat(ann.connection().isOpen()).isTrue();
    List<String> heard = ann.hears();
    assertThat(heard).containsOnlyOnce("goal 1 900,900", "ann: I go", "went bob");
    assertThat(heard.stream().filter(text -> text.matches("update \\d+ ann 900,900"))).hasSize(1);
    game.tester.takeOver(next);
    bob.sends(TestPlayer.go("forest"));
    game.frames(2);
    assertThat(bob.hears()).contains("forest 0,0");
  }

  @Test
  void aFullInboxIsReadOnByTheNextVersion() throws Exception {
    TestPlayer ann = game.player("ann", "meadow", 50, 50);
    ann.all();
    for (int each = 0; each < 150; each++) {
      ann.sends(TestPlayer.say(each + "x".repeat(200)));
    }
    assertThat(ann.connection().isRead()).isFalse();
    game.tester.takeOver(game.version());
    assertThat(ann.connection().isRead()).isTrue();
    assertThat(ann.hears()).hasSize(150).last().asString().startsWith("ann: 149");
  }
}
