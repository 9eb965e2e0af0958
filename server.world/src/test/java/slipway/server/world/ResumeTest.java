package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.packet.PacketCodec;
import slipway.packet.PacketEnd;
import slipway.packet.PacketFormat;
import slipway.packet.PacketSession;
import slipway.packet.PacketSettings;
import slipway.testkit.TestConnection;
import slipway.world.WorldSpec;

/** Sessions that lose their connections, and whose peers come back. */
class ResumeTest {

  private static final Duration WINDOW = Duration.ofSeconds(30);
  private static final int BUFFER = 4096;
  private static final PacketFormat LAN = PacketFormat.lan(200);
  private static final WorldSpec PLAY = WorldSpec.game("play");

  private final List<WorldTester> testers = new ArrayList<>();
  private WorldTester tester;
  private Numbers service;
  private PacketFormat format;

  static Stream<PacketFormat> formats() {
    return Stream.of(
        LAN,
        PacketFormat.net(0x77, PacketCodec.xor2(0x32, 0x84), 200),
        PacketFormat.net(0x77, PacketCodec.chained(0x32), 200));
  }

  private void open() {
    open(PacketSettings.usual(LAN).resume(WINDOW, BUFFER), PLAY);
  }

  private void open(PacketSettings settings, WorldSpec play) {
    format = settings.format();
    tester = new WorldTester("numbers", settings);
    testers.add(tester);
    service = version(play);
    tester.open(service);
  }

  private Numbers version(WorldSpec play) {
    return new Numbers(tester.packets(), tester.worlds(), play);
  }

  @AfterEach
  void close() {
    testers.forEach(WorldTester::close);
  }

  /** A client, and the connection that it has now. */
  private final class Player {
    private final NumbersClient client = new NumbersClient(format);
    private TestConnection connection;

    private Player enters() {
      connection = tester.connect().connection();
      client.enters(connection::send);
      return this;
    }

    private Player plays() {
      enters();
      tester.frames(3);
      hears();
      return this;
    }

    private void hears() {
      client.hears(connection.receivedBytes());
    }

    private void isCut() {
      connection.close();
      client.loses();
    }

    private Player resumes() {
      connection = tester.connect().connection();
      client.resumes(connection::send);
      return this;
    }

    /** Comes back, and hears what it has missed. */
    private Player isBack() {
      resumes();
      tester.frames(3);
      hears();
      return this;
    }

    /** It has heard all, and nothing that is wrong. */
    private void isWell() {
      tester.frames(2);
      hears();
      assertThat(client.wrong()).isEmpty();
      assertThat(client.hasHeardAll()).isTrue();
      assertThat(connection.isOpen()).isTrue();
    }

    private void ends() {
      client.sends(Numbers.END);
      tester.frames(2);
      assertThat(connection.isOpen()).isFalse();
    }

    /** It was refused, and nothing else. */
    private void isRefused() {
      tester.frames(3);
      hears();
      assertThat(client.isRefused()).isTrue();
      assertThat(connection.isOpen()).isFalse();
    }
  }

  private List<String> notes() {
    List<String> notes = List.copyOf(service.notes);
    service.notes.clear();
    return notes;
  }

  private long ended(PacketEnd why) {
    return tester.packets().sessions("numbers").ended(why);
  }

  private int places() {
    return tester.directory().find("play").places().taken();
  }

  private PacketSession only() {
    return tester.packets().sessions("numbers").open().iterator().next();
  }

  // ---- nothing is lost or doubled --------------------------------------------------------------

  @ParameterizedTest
  @MethodSource("formats")
  void nothingIsLostOrDoubledWhicheverByteOfTheServersIsTheLast(PacketFormat framed) {
    open(PacketSettings.usual(framed).resume(WINDOW, BUFFER), PLAY);
    Player whole = new Player().plays();
    whole.client.says(3);
    tester.frames(2);
    whole.hears();
    int first = framed.header() + 2 + 16; // with which it can come back
    for (int last = first; last <= whole.client.got(); last++) {
      Player player = new Player().enters();
      int left = last;
      for (int frame = 0; frame < 6 && left > 0; frame++) {
        if (frame == 3) {
          player.client.says(3);
        }
        tester.frame();
        byte[] came = player.connection.receivedBytes();
        int taken = Math.min(left, came.length);
        player.client.hears(Arrays.copyOf(came, taken));
        left -= taken;
      }
      player.isCut();
      tester.frame();
      player.client.says(2);
      player.isBack().isWell();
      assertThat(player.client.times()).isOne();
      player.ends();
    }
    assertThat(service.wrong).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void nothingIsLostOrDoubledWhicheverByteOfThePeersIsTheLast(PacketFormat framed) {
    open(PacketSettings.usual(framed).resume(WINDOW, BUFFER), PLAY);
    int length = 4 * (framed.header() + 6);
    for (int last = 0; last <= length; last++) {
      Player player = new Player().plays();
      int[] left = {last};
      TestConnection connection = player.connection;
      player.client.loses();
      NumbersClient client = player.client;
      client.says(4); // of which not all arrives
      byte[] all = client.lastSaid(length);
      connection.send(Arrays.copyOf(all, left[0]));
      tester.frame();
      connection.close();
      tester.frame();
      player.isBack().isWell();
      player.ends();
    }
    assertThat(service.wrong).isEmpty();
  }

  @Test
  void aSessionKeepsItsNumberItsWorldAndWhatWaitsForThat() {
    open(PacketSettings.usual(LAN).resume(WINDOW, BUFFER), PLAY.packetsPerFrame(1));
    Player ann = new Player().plays();
    long id = only().id();
    notes();
    ann.client.says(5);
    ann.isCut();
    tester.frame();
    assertThat(notes()).containsExactly("lost");
    ann.resumes();
    tester.frames(2);
    assertThat(only().id()).isEqualTo(id);
    assertThat(only().connection().id()).isNotEqualTo(id);
    tester.frames(6);
    assertThat(notes()).containsExactly("resumed");
    ann.hears();
    ann.isWell();
    assertThat(places()).isOne();
    assertThat(tester.directory().find("gate").places().taken()).isZero();
    ann.connection.close();
  }

  @Test
  void itMovesBetweenWorldsMeanwhile() {
    open();
    Player ann = new Player().plays();
    ann.client.sends(Numbers.MOVE).says(1);
    ann.isCut();
    tester.frames(2);
    ann.client.says(3);
    ann.isBack().isWell();
    ann.client.sends(Numbers.MOVE).says(3);
    ann.resumes(); // with the old connection still open
    tester.frames(5);
    ann.hears();
    ann.isWell();
    assertThat(service.wrong).isEmpty();
  }

  @Test
  void ofWhatIsOutOfDateTheNewestWaitsAndNothingThatMayBeLeftOut() {
    open();
    Player ann = new Player().plays();
    ann.isCut();
    tester.frames(10);
    ann.resumes();
    tester.frames(4);
    ann.hears();
    assertThat(ann.client.late()).hasSize(1).allMatch(text -> text.startsWith("latest 1"));
    ann.isWell();
  }

  @Test
  void aPeerComesBackAgainAndAgain() {
    open();
    Player ann = new Player().plays();
    for (int each = 0; each < 20; each++) {
      ann.client.says(3);
      tester.frame();
      ann.isCut();
      tester.frames(each % 3);
      ann.client.says(2);
      ann.isBack();
      ann.client.acknowledges();
    }
    ann.isWell();
    assertThat(ann.client.times()).isEqualTo(20);
    assertThat(tester.packets().sessions("numbers").count()).isOne();
  }

  // ---- how long and how much -------------------------------------------------------------------

  @Test
  void aSessionLeavesWhenItsWindowIsOver() {
    open();
    Player ann = new Player().plays();
    notes();
    ann.isCut();
    tester.frame();
    assertThat(notes()).containsExactly("lost");
    tester.pass(WINDOW.minusMillis(100));
    tester.frame();
    assertThat(notes()).isEmpty();
    tester.frames(3);
    assertThat(notes()).containsExactly("gone", "released");
    assertThat(ended(PacketEnd.LEFT)).isOne();
    assertThat(places()).isZero();
    ann.resumes().isRefused();
  }

  @Test
  void aPeerComesBackInTheLastMoment() {
    open();
    Player ann = new Player().plays();
    ann.isCut();
    tester.pass(WINDOW.minusMillis(100));
    ann.isBack().isWell();
    tester.pass(WINDOW);
    ann.isWell();
  }

  @Test
  void aPeerThatLacksMoreThanIsKeptIsRefused() {
    open(PacketSettings.usual(LAN).resume(WINDOW, 1024), PLAY);
    Player ann = new Player().plays();
    ann.client.says(1);
    tester.frames(200); // which it does not hear
    ann.isCut();
    ann.resumes().isRefused();
  }

  @Test
  void whatAPeerHasIsNotKept() {
    open(PacketSettings.usual(LAN).resume(WINDOW, 1 << 20), PLAY);
    Player ann = new Player().plays();
    long before = ann.client.got();
    tester.frames(10);
    ann.hears();
    ann.client.acknowledges();
    tester.frames(2);
    long got = ann.client.got();
    TestConnection early = tester.connect().connection();
    NumbersClient liar = new NumbersClient(format);
    liar.resumes(early::send, ann.client.token(), before);
    tester.frames(2);
    liar.hears(early.receivedBytes());
    assertThat(liar.isRefused()).isTrue();
    ann.isCut();
    assertThat(got).isGreaterThan(before);
    ann.isBack().isWell();
  }

  @Test
  void aSessionForWhichTooMuchWaitsIsSlow() {
    open(
        new PacketSettings(LAN, Duration.ZERO, 0, 1, false, 1024, 1024).resume(WINDOW, BUFFER),
        PLAY);
    Player ann = new Player().plays();
    notes();
    ann.isCut();
    tester.frames(100);
    assertThat(notes()).containsExactly("lost", "gone", "released");
    assertThat(ended(PacketEnd.SLOW)).isOne();
    ann.resumes().isRefused();
  }

  @Test
  void aLostSessionIsNotSilent() {
    open(PacketSettings.usual(LAN).resume(WINDOW, BUFFER), PLAY.heartbeat(Duration.ofSeconds(2)));
    Player ann = new Player().plays();
    notes();
    ann.isCut();
    tester.frames(100);
    assertThat(notes()).containsExactly("lost");
    ann.isBack().isWell();
    assertThat(notes()).containsExactly("resumed");
  }

  @Test
  void aPeerThatSaysItHasMoreThanItWasSentIsClosed() {
    open();
    Player ann = new Player().plays();
    tester.frame();
    ann.client.hears(new byte[0]);
    long position = ann.client.got();
    ann.client.pretends(position + 1_000_000);
    tester.frames(2);
    assertThat(ended(PacketEnd.BAD_PACKET)).isOne();
  }

  // ---- tokens ----------------------------------------------------------------------------------

  @Test
  void aTokenIsGoodForOneTime() {
    open();
    Player ann = new Player().plays();
    byte[] first = ann.client.token();
    ann.isCut();
    ann.isBack().isWell();
    ann.isCut();
    tester.frame();
    comes(first, ann.client.got()).isRefused();
    ann.isBack().isWell();
    assertThat(ended(PacketEnd.REFUSED)).isOne();
  }

  private Player comes(byte[] token, long position) {
    Player other = new Player();
    other.connection = tester.connect().connection();
    other.client.resumes(other.connection::send, token, position);
    return other;
  }

  @Test
  void aWrongTokenOrPositionIsRefusedAndTheSessionStillWaits() {
    open();
    Player ann = new Player().plays();
    ann.isCut();
    byte[] wrong = ann.client.token().clone();
    wrong[15] ^= 1;
    comes(wrong, ann.client.got()).isRefused();
    comes(new byte[16], 0).isRefused();
    comes(ann.client.token(), -1).isRefused();
    comes(ann.client.token(), Long.MIN_VALUE).isRefused();
    comes(ann.client.token(), Long.MAX_VALUE).isRefused();
    ann.isBack().isWell();
  }

  @Test
  void ofTwoThatComeAtOnceWithOneTokenOneComesBack() {
    open();
    Player ann = new Player().plays();
    ann.isCut();
    ann.resumes();
    TestConnection second = tester.connect().connection();
    NumbersClient other = new NumbersClient(format);
    other.resumes(second::send, ann.client.token(), ann.client.got());
    tester.frames(3);
    other.hears(second.receivedBytes());
    assertThat(other.isRefused()).isTrue();
    ann.hears();
    ann.isWell();
  }

  @Test
  void aSessionThatHasGivenNoTokenEndsWithItsConnection() {
    open();
    TestConnection guest = tester.connect().connection();
    tester.frames(2);
    guest.close();
    tester.frames(2);
    assertThat(ended(PacketEnd.LEFT)).isOne();
    assertThat(notes()).containsExactly("gate: released");
  }

  @Test
  void aPeerThatIsLostBeforeItHasItsNewTokenCannotComeBack() {
    open();
    Player ann = new Player().plays();
    ann.isCut();
    ann.resumes();
    ann.connection.close(); // before anybody has looked at its token
    tester.frames(3);
    ann.isBack().isWell();
    ann.isCut();
    ann.resumes();
    tester.frames(3);
    ann.connection.close();
    tester.frames(3);
    assertThat(places()).isOne();
    ann.resumes().isRefused();
    tester.pass(WINDOW);
    tester.frames(2);
    assertThat(tester.packets().sessions("numbers").count()).isZero();
  }

  @Test
  void withoutAWindowThereIsNoToken() {
    open(PacketSettings.usual(LAN), PLAY);
    Player ann = new Player().plays();
    assertThat(ann.client.token()).isNull();
    ann.connection.close();
    tester.frames(2);
    assertThat(ended(PacketEnd.LEFT)).isOne();
    assertThat(places()).isZero();
  }

  // ---- an old connection that is still open ----------------------------------------------------

  @Test
  void aPeerComesBackBeforeItsOldConnectionIsLost() {
    open();
    Player ann = new Player().plays();
    notes();
    TestConnection old = ann.connection;
    old.reads(false);
    ann.client.says(3);
    tester.frames(5);
    ann.isBack().isWell();
    assertThat(old.isOpen()).isFalse();
    assertThat(notes()).containsExactly("resumed");
    assertThat(tester.packets().sessions("numbers").count()).isOne();
  }

  @Test
  void aPeerThatHasEndedItsOutputIsLost() {
    open();
    Player ann = new Player().plays();
    notes();
    ann.connection.endOutput();
    ann.client.loses();
    tester.frame();
    assertThat(ann.connection.isOpen()).isFalse();
    assertThat(notes()).containsExactly("lost");
    ann.isBack().isWell();
  }

  @Test
  void aSilentConnectionIsLost() {
    open(
        new PacketSettings(LAN, Duration.ofSeconds(5), 0, 1, false, 1024, 4096)
            .resume(WINDOW, BUFFER),
        PLAY);
    Player ann = new Player().plays();
    notes();
    tester.pass(Duration.ofSeconds(5));
    tester.frame();
    assertThat(ann.connection.isOpen()).isFalse();
    assertThat(notes()).containsExactly("lost");
    ann.client.loses();
    ann.isBack().isWell();
  }

  // ---- what ends a lost session ----------------------------------------------------------------

  @Test
  void anOperatorEndsALostSession() {
    open();
    Player ann = new Player().plays();
    notes();
    ann.isCut();
    tester.frame();
    assertThat(only().close()).isTrue();
    tester.frames(2);
    assertThat(notes()).containsExactly("lost", "gone", "released");
    assertThat(ended(PacketEnd.CLOSED)).isOne();
    ann.resumes().isRefused();
  }

  @Test
  void anOperatorEndsASessionThatComesBack() {
    open();
    Player ann = new Player().plays();
    ann.isCut();
    PacketSession before = only();
    ann.isBack().isWell();
    assertThat(before.close()).isTrue(); // found when it was lost
    tester.frames(2);
    assertThat(ann.connection.isOpen()).isFalse();
    assertThat(places()).isZero();
  }

  @Test
  void aWorldEndsALostSession() {
    open();
    Player ann = new Player().plays();
    notes();
    ann.client.sends(Numbers.END);
    ann.isCut();
    tester.frames(2);
    assertThat(notes()).contains("gone", "released");
    ann.resumes().isRefused();
    assertThat(places()).isZero();
    assertThat(ended(PacketEnd.CLOSED)).isOne();
  }

  @Test
  void aSessionThatItsWorldEndsAsItComesBackTakesTheNewConnectionAlong() {
    open();
    for (int frames = 0; frames < 4; frames++) {
      Player ann = new Player().plays();
      TestConnection old = ann.connection;
      ann.resumes();
      tester.frames(frames);
      boolean ends = old.isOpen();
      old.send(new byte[] {2, 0, Numbers.END, 0});
      tester.frames(3);
      if (ends) {
        assertThat(ann.connection.isOpen()).isFalse();
      } else {
        ann.hears();
        ann.isWell();
        ann.ends();
      }
      assertThat(tester.packets().sessions("numbers").count()).isZero();
      assertThat(places()).isZero();
    }
  }

  @Test
  void aServiceThatStopsEndsLostSessions() {
    open();
    Player ann = new Player().plays();
    ann.isCut();
    tester.frame();
    tester.stop(service);
    tester.frames(2);
    assertThat(tester.packets().sessions("numbers").count()).isZero();
    assertThat(ended(PacketEnd.CLOSED)).isOne();
  }

  // ---- other versions --------------------------------------------------------------------------

  @Test
  void aLostSessionGoesOnWithAnotherVersion() {
    open();
    Player ann = new Player().plays();
    ann.client.says(2);
    tester.frame();
    ann.isCut();
    Numbers next = version(PLAY);
    tester.takeOver(next);
    ann.client.says(2);
    ann.isBack().isWell();
    assertThat(next.notes).containsExactly("lost", "resumed");
    assertThat(next.wrong).isEmpty();
  }

  @Test
  void aPeerComesBackWhileAnotherVersionTakesOver() {
    open();
    Player ann = new Player().plays();
    Numbers next = version(PLAY);
    ann.isCut();
    tester.frame();
    CompletableFuture<String> taken = tester.beginToTakeOver(next);
    ann.client.says(2);
    ann.isBack().isWell();
    tester.frames(Probation.FRAMES);
    assertThat(taken).isCompleted();
    ann.client.says(2);
    ann.isWell();
    assertThat(ann.connection.version()).isEqualTo("2.0.0");
    ann.isCut();
    ann.isBack().isWell();
  }
}
