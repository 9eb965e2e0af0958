package slipway.bots.attack;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.bots.echo.EchoPlan;
import slipway.bots.link.Filler;
import slipway.bots.peer.Checks;
import slipway.bots.peer.PacketServer;
import slipway.bots.peer.PacketServer.Client;
import slipway.bots.report.Report;
import slipway.packet.PacketCodec;
import slipway.packet.PacketFormat;

class AttackRunTest {

  private static final String FORMATS = "slipway.bots.peer.Formats#all";
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final PacketFormat OTHER_CODE =
      PacketFormat.net(0x78, PacketCodec.chained(0x32), 2000);

  /** Echoes what is right, and ends what is wrong. */
  private static class EchoServer implements PacketServer.Script {

    /** So many that each attack was among them. */
    final CountDownLatch attacks = new CountDownLatch(60);

    @Override
    public void joined(Client client) {
      attacks.countDown();
    }

    @Override
    public void packet(Client client, byte[] payload) {
      if (payload.length < 18 || payload[0] != (byte) 0x88 || payload[1] != 0x13) {
        wrong(client);
      } else {
        payload[0]++; // 5001 instead of 5000
        client.send(payload);
      }
    }
  }

  private static Report run(PacketFormat format, EchoServer script, Duration patience)
      throws Exception {
    try (PacketServer server = new PacketServer(format, script)) {
      EchoPlan good =
          new EchoPlan(
              server.target(),
              format,
              3,
              1,
              new Filler(7, 12, 256),
              1,
              0,
              Duration.ofMillis(1),
              LONG,
              LONG);
      boolean net = format.header() > 2;
      try (AttackRun run =
          new AttackRun(
              new AttackPlan(
                  good, 2, net ? Optional.of(OTHER_CODE) : Optional.empty(), patience))) {
        run.start();
        assertThat(run.entered().get(1, MINUTES)).isTrue();
        assertThat(script.attacks.await(1, MINUTES)).isTrue();
        return run.finish();
      }
    }
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void aServerThatEndsEachAttackerAndNoOtherPasses(PacketFormat format) throws Exception {
    Report report = run(format, new EchoServer(), LONG);
    assertThat(Checks.failed(report)).isEmpty();
    for (String attack : new String[] {"tooLong", "empty", "garbage"}) {
      assertThat(Checks.figure(report, attack + "Attacks")).isPositive();
      assertThat(Checks.figure(report, attack + "Closed"))
          .isEqualTo(Checks.figure(report, attack + "Attacks"));
    }
    assertThat(Checks.figure(report, "answered")).isPositive();
  }

  @Test
  void onlyPacketsWithACodeAreAttackedByACodeAndAChecksum() throws Exception {
    Report lan = run(PacketFormat.lan(2000), new EchoServer(), LONG);
    assertThat(lan.checks()).noneMatch(check -> check.key().startsWith("wrong"));
    Report net = run(PacketFormat.net(0x77, PacketCodec.plain(), 2000), new EchoServer(), LONG);
    assertThat(net.checks()).anyMatch(check -> check.key().equals("wrongCodeTolerated"));
    assertThat(net.checks()).anyMatch(check -> check.key().equals("wrongChecksumTolerated"));
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void aServerThatToleratesWhatIsNoPacketFails(PacketFormat format) throws Exception {
    Report report =
        run(
            format,
            new EchoServer() {
              @Override
              public void wrong(Client client) {}
            },
            Duration.ofMillis(100));
    assertThat(Checks.failed(report)).containsKey("emptyTolerated");
    assertThat(Checks.failed(report).keySet())
        .allMatch(key -> key.endsWith("Tolerated") || key.equals("byteByByteUnanswered"));
  }

  @Test
  void aServerThatTakesSlowBytesForAnAttackFails() throws Exception {
    PacketFormat format = PacketFormat.lan(2000);
    Report report =
        run(
            format,
            new EchoServer() {
              @Override
              public void packet(Client client, byte[] payload) {
                if (payload.length == 18) { // the one that comes byte by byte
                  client.close();
                } else {
                  super.packet(client, payload);
                }
              }
            },
            LONG);
    assertThat(Checks.failed(report)).containsOnlyKeys("byteByByteUnanswered");
  }
}
