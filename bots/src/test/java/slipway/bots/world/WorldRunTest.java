package slipway.bots.world;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.bots.link.Target;
import slipway.bots.peer.Checks;
import slipway.bots.peer.PacketServer;
import slipway.bots.peer.PacketServer.Client;
import slipway.bots.report.Report;
import slipway.packet.PacketFormat;

/** Each check fails at its fault, and at no other. */
class WorldRunTest {

  private static final PacketFormat LAN = PacketFormat.lan(2000);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int PLAYERS = 3;
  private static final Mix STAYING = new Mix(50, 50, 0);
  private static final Mix ALL = new Mix(45, 45, 10);

  /** What the players of a test do. */
  private record Setting(
      PacketFormat format,
      int players,
      Mix mix,
      int skips,
      int cut,
      Duration enterWithin,
      Duration late,
      Duration patience) {

    private static final Setting USUAL = new Setting(LAN, PLAYERS, ALL, 0, 0, LONG, LONG, LONG);

    private Setting in(PacketFormat other) {
      return new Setting(other, players, mix, skips, cut, enterWithin, late, patience);
    }

    private Setting with(Mix other) {
      return new Setting(format, players, other, skips, cut, enterWithin, late, patience);
    }

    private Setting allowing(int more) {
      return new Setting(format, players, mix, more, cut, enterWithin, late, patience);
    }

    private Setting late(Duration after) {
      return new Setting(format, players, mix, skips, cut, enterWithin, after, patience);
    }

    private Setting cutting(int percent) {
      return new Setting(format, players, mix, skips, percent, enterWithin, late, patience);
    }

    /** One player, for which nobody waits in the end. */
    private static Setting alone(Mix mix) {
      return new Setting(LAN, 1, mix, 0, 0, LONG, LONG, Duration.ZERO);
    }

    private WorldPlan plan(Target target) {
      return new WorldPlan(
          target,
          format,
          players,
          2,
          7,
          "bot",
          "secret",
          Duration.ofMillis(1),
          enterWithin,
          Duration.ofMillis(20),
          mix,
          Duration.ofMillis(30),
          late,
          skips,
          cut,
          patience);
    }
  }

  private static Report run(ZoneServer zones) throws Exception {
    return run(Setting.USUAL, zones);
  }

  private static Report run(Setting setting, ZoneServer zones) throws Exception {
    try (PacketServer server = new PacketServer(setting.format(), zones);
        WorldRun run = new WorldRun(setting.plan(server.target()))) {
      run.start();
      assertThat(run.entered().get(1, MINUTES)).isTrue();
      assertThat(zones.done().await(1, MINUTES)).isTrue();
      return run.finish();
    }
  }

  /** A server that does something wrong once. */
  private abstract static class Wrong extends ZoneServer {
    Wrong() {
      this(PLAYERS);
    }

    Wrong(int players) {
      super(players, true, false);
    }
  }

  private static void assertFault(Report report, String key, String what) {
    assertThat(Checks.failed(report)).isEqualTo(Map.of(key, 1L));
    assertThat(report.fault().orElseThrow().what()).isEqualTo(what);
    assertThat(report.fault().orElseThrow().client()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("slipway.bots.peer.Formats#all")
  void aRightServerPasses(PacketFormat format) throws Exception {
    Report report = run(Setting.USUAL.in(format), new ZoneServer(PLAYERS, false, true));
    assertThat(Checks.failed(report)).isEmpty();
    for (String figure : List.of("walks", "says", "heard", "gos", "updates", "intervalP50Micros")) {
      assertThat(Checks.figure(report, figure)).as(figure).isPositive();
    }
    assertThat(Checks.figure(report, "connects")).isEqualTo(PLAYERS);
    assertThat(Checks.figure(report, "ownCloses")).isEqualTo(PLAYERS);
  }

  @ParameterizedTest
  @MethodSource("slipway.bots.peer.Formats#all")
  void playersThatAreCutComeBackAndMissNothing(PacketFormat format) throws Exception {
    Report report =
        run(
            Setting.USUAL.in(format).cutting(30),
            new ZoneServer(PLAYERS, false, true).resuming(format));
    assertThat(Checks.failed(report)).isEmpty();
    long cuts = Checks.figure(report, "cuts");
    assertThat(cuts).isPositive();
    assertThat(Checks.figure(report, "resumed")).isEqualTo(cuts);
    assertThat(Checks.figure(report, "connects")).isEqualTo(PLAYERS + cuts);
  }

  // ---- coming in -------------------------------------------------------------------------------

  @Test
  void aLogInThatIsRefusedIsNoticed() throws Exception {
    ZoneServer zones =
        new ZoneServer(PLAYERS - 1, false, false) {
          private boolean refused;

          @Override
          void login(Citizen citizen, String password) {
            assertThat(password).isEqualTo("secret");
            if (citizen.name.equals("bot2") && !refused) {
              refused = true;
              citizen.client.send(bytes(write(packet(Incoming.REFUSED).writeByte(1), "no")));
            } else {
              super.login(citizen, password);
            }
          }
        };
    assertThat(Checks.failed(run(zones))).isEqualTo(Map.of("refused", 1L));
  }

  @Test
  void aServerThatLetsNobodyInInTimeIsNoticed() throws Exception {
    Setting setting =
        new Setting(LAN, 1, ALL, 0, 0, Duration.ofMillis(1), LONG, Duration.ofMinutes(1));
    try (PacketServer server = new PacketServer(LAN, (client, payload) -> {});
        WorldRun run = new WorldRun(setting.plan(server.target()))) {
      run.start();
      assertThat(run.entered().get(1, MINUTES)).isFalse();
      assertThat(run.failure()).hasMessageContaining("has not let a player into a zone in time");
      assertThat(Checks.failed(run.finish())).isEqualTo(Map.of("refused", 1L));
    }
  }

  @Test
  void aServerThatIsNotThereIsNoticed() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (WorldRun run = new WorldRun(Setting.USUAL.plan(new Target("127.0.0.1", port)))) {
      run.start();
      assertThat(run.entered().get(1, MINUTES)).isFalse();
      assertThat(Checks.failed(run.finish())).isEqualTo(Map.of("failedConnects", (long) PLAYERS));
    }
  }

  @Test
  void aPlayerThatIsClosedIsNoticed() throws Exception {
    ZoneServer zones =
        new Wrong() {
          @Override
          void goal(Citizen citizen, int number, int place) {
            if (strikes(citizen)) {
              citizen.client.close();
              done().countDown();
            } else {
              super.goal(citizen, number, place);
            }
          }
        };
    assertThat(Checks.failed(run(zones))).isEqualTo(Map.of("unexpectedCloses", 1L));
  }

  // ---- frames ----------------------------------------------------------------------------------

  @Test
  void anUpdateOfTheSameFrameIsNoticed() throws Exception {
    Report report =
        run(
            new Wrong() {
              @Override
              void update(Citizen to, List<Citizen> movers) {
                super.update(to, movers);
                if (strikes(to)) {
                  super.update(to, movers);
                }
              }
            });
    assertFault(report, "frameErrors", "the number of the frame");
  }

  private static ZoneServer skipping() {
    return new Wrong() {
      @Override
      void walk(Citizen citizen, int number, int place) {
        if (strikes(citizen)) {
          skip();
        }
        super.walk(citizen, number, place);
      }
    };
  }

  @Test
  void aFrameThatIsLeftOutIsNoticed() throws Exception {
    Setting staying = Setting.USUAL.with(STAYING);
    Report report = run(staying, skipping());
    assertThat(Checks.failed(report)).isEqualTo(Map.of("tooManySkips", (long) PLAYERS));
    assertThat(report.fault().orElseThrow().what()).isEqualTo("a frame that was left out");
    Report allowed = run(staying.allowing(1), skipping());
    assertThat(Checks.failed(allowed)).isEmpty();
    assertThat(Checks.figure(allowed, "skips")).isEqualTo(PLAYERS);
  }

  // ---- others ----------------------------------------------------------------------------------

  @Test
  void anUpdateOfAPlayerThatIsNotSeenIsNoticed() throws Exception {
    Report report =
        run(
            new Wrong() {
              @Override
              void update(Citizen to, List<Citizen> movers) {
                super.update(to, strikes(to) ? with(movers, stranger()) : movers);
              }
            });
    assertFault(report, "unknown", "an update of a player that is not seen");
  }

  @Test
  void aTextOfAPlayerThatIsNotSeenIsNoticed() throws Exception {
    Report report =
        run(
            new Wrong() {
              @Override
              void said(Citizen to, long id, byte[] text) {
                super.said(to, id, text);
                if (strikes(to)) {
                  super.said(to, stranger().id, text);
                }
              }
            });
    assertFault(report, "unknown", "a text of a player that is not seen");
  }

  @Test
  void aPlayerThatComesTwiceIsNoticed() throws Exception {
    Report report =
        run(
            new Wrong() {
              @Override
              void came(Citizen to, Citizen who) {
                super.came(to, who);
                if (strikes(to)) {
                  super.came(to, who);
                }
              }
            });
    assertFault(report, "cameTwice", "a player comes that is seen already");
  }

  @Test
  void aPlayerThatGoesTwiceIsNoticed() throws Exception {
    Report report =
        run(
            new Wrong() {
              @Override
              void went(Citizen to, Citizen who) {
                super.went(to, who);
                if (strikes(to)) {
                  super.went(to, who);
                }
              }
            });
    assertFault(report, "wentTwice", "a player goes that is not seen");
  }

  // ---- walking ---------------------------------------------------------------------------------

  @Test
  void aWalkThatGetsNoGoalIsNoticed() throws Exception {
    Report report =
        run(
            new Wrong() {
              @Override
              void walk(Citizen citizen, int number, int place) {
                if (!strikes(citizen)) {
                  super.walk(citizen, number, place);
                }
              }
            });
    assertFault(report, "lateGoals", "no goal of a walk in time");
  }

  @Test
  void anotherGoalThanThatOfTheWalkIsNoticed() throws Exception {
    Report report =
        run(
            new Wrong() {
              @Override
              void walk(Citizen citizen, int number, int place) {
                super.walk(citizen, number, strikes(citizen) ? place ^ 1 : place);
              }
            });
    assertFault(report, "wrongGoals", "another goal than that of the walk");
  }

  @Test
  void aGoalOfNoWalkIsNoticed() throws Exception {
    Report report =
        run(
            new Wrong() {
              @Override
              void goal(Citizen citizen, int number, int place) {
                super.goal(citizen, number, place);
                if (strikes(citizen)) {
                  super.goal(citizen, number, place);
                }
              }
            });
    assertFault(report, "wrongGoals", "a goal of no walk");
  }

  @Test
  void aPlayerThatStandsStillIsNoticed() throws Exception {
    Report report =
        run(
            Setting.USUAL.with(STAYING), // in another zone it would stand where it wants to be
            new Wrong() {
              private Citizen still;

              @Override
              void walk(Citizen citizen, int number, int place) {
                if (strikes(citizen)) {
                  still = citizen;
                }
                super.walk(citizen, number, place);
              }

              @Override
              int step(Citizen citizen) {
                return citizen == still ? citizen.place : super.step(citizen);
              }
            });
    assertThat(Checks.failed(report)).containsOnlyKeys("notArrived");
    assertThat(report.fault().orElseThrow().what()).isEqualTo("the player is not at its goal");
  }

  // ---- talking ---------------------------------------------------------------------------------

  @Test
  void aTextThatDoesNotComeBackIsNoticed() throws Exception {
    Report report =
        run(
            new Wrong() {
              @Override
              void said(Citizen to, long id, byte[] text) {
                if (id != to.id || !strikes(to)) {
                  super.said(to, id, text);
                }
              }
            });
    assertFault(report, "lateSays", "a text that has not come back in time");
  }

  @Test
  void aTextThatNobodyHasSaidIsNoticed() throws Exception {
    Report report =
        run(
            new Wrong() {
              @Override
              void said(Citizen to, long id, byte[] text) {
                super.said(to, id, text);
                if (id == to.id && strikes(to)) {
                  super.said(to, id, new byte[] {1, 'x'});
                }
              }
            });
    assertFault(report, "wrongSays", "not what the player has said");
  }

  // ---- zones -----------------------------------------------------------------------------------

  @Test
  void aZoneThatDoesNotComeIsNoticed() throws Exception {
    ZoneServer zones =
        new Wrong(1) {
          @Override
          void go(Citizen citizen, String zone) {
            strikes(citizen);
            done().countDown();
          }
        };
    Report report = run(Setting.alone(new Mix(0, 0, 100)), zones);
    assertThat(Checks.failed(report)).isEqualTo(Map.of("lateZones", 1L, "lateLooks", 1L));
    assertThat(report.fault().orElseThrow().what()).isEqualTo("a zone that has not come in time");
  }

  @Test
  void anotherZoneIsNoticed() throws Exception {
    Report report =
        run(
            new Wrong() {
              @Override
              void go(Citizen citizen, String zone) {
                super.go(citizen, strikes(citizen) ? citizen.zone : zone);
              }
            });
    assertFault(report, "wrongZones", "a zone to which the player did not go");
  }

  @Test
  void aFirstZoneThatThereIsNotIsNoticed() throws Exception {
    Report report =
        run(
            Setting.USUAL.with(STAYING),
            new ZoneServer(PLAYERS, false, false) {
              @Override
              void login(Citizen citizen, String password) {
                super.login(citizen, password);
                citizen.next = isFirst(citizen) ? "desert" : "meadow";
              }
            });
    assertFault(report, "wrongZones", "a zone to which the player did not go");
  }

  @Test
  void aZoneToWhichNobodyWentIsNoticed() throws Exception {
    Report report =
        run(
            Setting.USUAL.with(STAYING),
            new Wrong() {
              @Override
              void said(Citizen to, long id, byte[] text) {
                super.said(to, id, text);
                if (strikes(to)) {
                  go(to, "harbour");
                }
              }
            });
    assertFault(report, "wrongZones", "a zone to which the player did not go");
  }

  // ---- in the end ------------------------------------------------------------------------------

  @Test
  void aLookWithoutAnAnswerIsNoticed() throws Exception {
    ZoneServer zones =
        new ZoneServer(1, false, false) {
          @Override
          void look(Citizen citizen, int number) {}

          @Override
          void alive(Citizen citizen) {
            done().countDown();
          }
        };
    assertFault(run(Setting.alone(new Mix(0, 0, 0)), zones), "lateLooks", "no answer to a look");
  }

  private static Report wrongSeen(SeenFault fault) throws Exception {
    return run(
        Setting.USUAL.with(STAYING), // all stay where they see one another
        new ZoneServer(PLAYERS, false, false) {
          @Override
          void seen(Citizen citizen) {
            if (isFirst(citizen)) {
              fault.seen(this, citizen);
            } else {
              super.seen(citizen);
            }
          }
        });
  }

  /** What a server answers to a look. */
  private interface SeenFault {
    void seen(ZoneServer zones, ZoneServer.Citizen citizen);
  }

  private static void assertWrongLook(SeenFault fault) throws Exception {
    assertFault(wrongSeen(fault), "wrongLooks", "what the player sees");
  }

  @Test
  void aNeighbourTooFewIsNoticed() throws Exception {
    assertWrongLook(
        (zones, self) ->
            zones.seen(
                self, zones.frameNumber(), self.place, zones.others(self).subList(1, PLAYERS - 1)));
  }

  @Test
  void aNeighbourTooManyIsNoticed() throws Exception {
    assertWrongLook(
        (zones, self) ->
            zones.seen(
                self,
                zones.frameNumber(),
                self.place,
                ZoneServer.with(zones.others(self), ZoneServer.stranger())));
  }

  @Test
  void aNeighbourThatIsNamedTwiceIsNoticed() throws Exception {
    assertWrongLook(
        (zones, self) -> {
          ZoneServer.Citizen other = zones.others(self).get(0);
          zones.seen(self, zones.frameNumber(), self.place, List.of(other, other));
        });
  }

  @Test
  void anotherPlaceOfANeighbourIsNoticed() throws Exception {
    assertWrongLook(
        (zones, self) -> {
          ZoneServer.Citizen other = zones.others(self).get(0);
          int place = other.place;
          other.place ^= 1;
          zones.seen(self, zones.frameNumber(), self.place, zones.others(self));
          other.place = place;
        });
  }

  @Test
  void anotherPlaceOfItselfIsNoticed() throws Exception {
    assertWrongLook(
        (zones, self) -> zones.seen(self, zones.frameNumber(), self.place ^ 1, zones.others(self)));
  }

  @Test
  void anotherFrameIsNoticed() throws Exception {
    assertWrongLook(
        (zones, self) -> zones.seen(self, zones.frameNumber() + 1, self.place, zones.others(self)));
  }

  // ---- packets and times -----------------------------------------------------------------------

  private static ZoneServer sending(byte[] packet) {
    return new Wrong() {
      @Override
      void goal(Citizen citizen, int number, int place) {
        super.goal(citizen, number, place);
        if (strikes(citizen)) {
          citizen.client.send(packet);
        }
      }
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "71", // too short
        "0b17", // of no type that there is
        "71170100000000000000", // in its place at the log-in only
        "a3170100000001000000f401f4010000" // nobody has asked
      })
  void whatIsNoPacketOrOutOfPlaceIsNoticed(String hex) throws Exception {
    Report report = run(sending(HexFormat.of().parseHex(hex)));
    assertFault(report, "packetErrors", "too short or long, unknown, or out of place");
  }

  @ParameterizedTest
  @MethodSource("slipway.bots.peer.Formats#net")
  void aWrongChecksumIsNoticed(PacketFormat format) throws Exception {
    ZoneServer zones =
        new Wrong() {
          @Override
          void goal(Citizen citizen, int number, int place) {
            super.goal(citizen, number, place);
            if (strikes(citizen)) {
              Client client = citizen.client;
              client.send(Unpooled.buffer().writeLongLE(0).array(), true);
              done().countDown();
            }
          }
        };
    assertFault(run(Setting.USUAL.in(format), zones), "packetErrors", "the framing, BAD_CHECKSUM");
  }

  @Test
  void whatComesLateIsNoticedAndBotsThatAreLate() throws Exception {
    Report report =
        run(Setting.USUAL.late(Duration.ofNanos(1)), new ZoneServer(PLAYERS, false, true));
    assertThat(Checks.failed(report))
        .containsOnlyKeys("lateGoals", "lateSays", "lateZones", "botsLate");
  }
}
