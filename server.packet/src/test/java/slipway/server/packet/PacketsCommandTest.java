package slipway.server.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.command.CommandException;
import slipway.packet.PacketCodec;
import slipway.packet.PacketFormat;
import slipway.packet.PacketReader;
import slipway.packet.PacketService;
import slipway.packet.PacketSession;
import slipway.packet.PacketSettings;
import slipway.packet.Packets;
import slipway.shell.commands.desk.TestDesk;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;
import slipway.testkit.TestReadings;

class PacketsCommandTest {

  private final TestDesk shell = new TestDesk();
  private PacketFormat format = PacketFormat.lan(2000);
  private final Packets packets = new Packets(connection -> PacketSettings.usual(format));

  @BeforeEach
  void bring() {
    shell.bring(new PacketsCommand(packets));
  }

  @AfterEach
  void close() {
    shell.close();
  }

  /** Echoes a byte. */
  private static final class Echo extends PacketService {
    private Echo(Packets packets) {
      super(packets);
    }

    @Override
    protected void packet(PacketSession session, PacketReader packet) {
      session.write().u8(packet.u8()).send();
      packet.end();
    }
  }

  private static long id(TestConnection client) {
    return client.connection().id();
  }

  @Test
  void sessionsAreListedWithWhatTheyHaveDone() throws Exception {
    assertThat(shell.run("packets ps"))
        .isEqualTo("ID  Service  Acceptor  Format  In  Out  Inbox  Outbox  Left out\n");
    try (TestHost host = new TestHost("echo", new Echo(packets))) {
      TestConnection lan = host.connect();
      lan.send(new byte[] {1, 0, 7, 1, 0, 8});
      format = PacketFormat.net(0x77, PacketCodec.chained(1), 2000);
      TestConnection net = host.connect();
      assertThat(shell.run("packets ps").lines().map(line -> line.replaceAll(" +", " ").strip()))
          .containsExactly(
              "ID Service Acceptor Format In Out Inbox Outbox Left out",
              id(lan) + " echo main lan 2 2 0 0 0",
              id(net) + " echo main net, chained 0 0 0 0 0");
      JsonObject first =
          JsonParser.parseString(shell.run("packets ps --json"))
              .getAsJsonArray()
              .get(0)
              .getAsJsonObject();
      assertThat(first.get("in").getAsInt()).isEqualTo(2);
      assertThat(first.get("leftOut").getAsInt()).isZero();
    }
  }

  @Test
  void figuresAreTheSumsOfSessions() throws Exception {
    PacketMeter meter = new PacketMeter(packets);
    try (TestHost host = new TestHost("echo", new Echo(packets))) {
      host.connect();
      host.connect();
      host.connect().close();
      assertThat(TestReadings.of(meter))
          .contains(
              "slipway_packet_sessions{service=\"echo\",acceptor=\"main\"} 2.0",
              "slipway_packet_inbox_bytes{service=\"echo\",acceptor=\"main\"} 0.0",
              "slipway_packet_outbox_bytes{service=\"echo\",acceptor=\"main\"} 0.0",
              "slipway_packet_sessions_ended_total{service=\"echo\",reason=\"left\"} 1.0")
          .anyMatch(line -> line.startsWith("slipway_buffer_reserved_bytes{memory=\"direct\"} "));
    }
  }

  @Test
  void theMemoryOfBuffersIsShown() throws Exception {
    assertThat(shell.run("packets pool").lines().map(line -> line.split(" +")[0]))
        .containsExactly("Memory", "direct", "heap");
  }

  @Test
  void reasonsAreCounted() throws Exception {
    try (TestHost host = new TestHost("echo", new Echo(packets))) {
      host.connect().send(new byte[] {0, 0});
      host.connect().send(new byte[] {-1, -1});
      host.connect().close();
      host.connect().close();
      host.connect();
      assertThat(shell.run("packets ends"))
          .isEqualTo(
              """
              Service  Reason      Sessions
              echo     LEFT               2
              echo     BAD_LENGTH         1
              echo     BAD_PACKET         1
              """);
      assertThat(JsonParser.parseString(shell.run("packets ends --json")).getAsJsonArray())
          .hasSize(3);
    }
  }

  @Test
  void aSessionIsClosedByItsNumber() throws Exception {
    try (TestHost host = new TestHost("echo", new Echo(packets))) {
      TestConnection client = host.connect();
      long id = id(client);
      assertThat(shell.run("packets close " + id)).isEqualTo("closed\n");
      host.run();
      assertThat(client.isOpen()).isFalse();
      assertThatThrownBy(() -> shell.run("packets close " + id))
          .isInstanceOf(CommandException.class)
          .hasMessage("packets close: " + id + " is no session; see: packets ps");
    }
  }
}
