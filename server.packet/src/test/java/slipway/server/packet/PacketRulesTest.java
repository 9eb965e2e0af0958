package slipway.server.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.config.Settings;
import slipway.packet.PacketFormat;
import slipway.packet.PacketReader;
import slipway.packet.PacketService;
import slipway.packet.PacketSession;
import slipway.packet.Packets;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;

/** At a test host, whose acceptor is called main. */
class PacketRulesTest {

  private final PacketRules rules = new PacketRules();

  private static PacketRule rule(String service, String acceptor, int max) throws Exception {
    Map<String, Object> properties =
        Map.of("service", service, "acceptor", acceptor, "packet.max", max);
    return PacketRule.of(Settings.of(PacketConfig.class, properties));
  }

  @Test
  void theRuleOfTheAcceptorComesBeforeThatOfAllAndHoldsForNewSessions() throws Exception {
    Map<TestConnection, Integer> expected = new HashMap<>();
    Packets packets = new Packets(rules);
    try (TestHost host = new TestHost("served", new Silent(packets))) {
      expected.put(host.connect(), 2000);
      rules.put("other", rule("other", "main", 1));
      expected.put(host.connect(), 2000);
      rules.put("all", rule("served", "", 10));
      expected.put(host.connect(), 10);
      rules.put("here", rule("served", "main", 20));
      rules.put("there", rule("served", "elsewhere", 30));
      expected.put(host.connect(), 20);
      rules.put("here", rule("served", "main", 21));
      expected.put(host.connect(), 21);
      rules.remove("here");
      expected.put(host.connect(), 10);
      expected.forEach(
          (connection, max) ->
              assertThat(format(packets, connection)).isEqualTo(PacketFormat.lan(max)));
    }
  }

  private static PacketFormat format(Packets packets, TestConnection connection) {
    return packets
        .sessions("served")
        .find(connection.connection().id())
        .orElseThrow()
        .settings()
        .format();
  }

  private static final class Silent extends PacketService {
    private Silent(Packets packets) {
      super(packets);
    }

    @Override
    protected void packet(PacketSession session, PacketReader packet) {
      // it only listens
    }
  }
}
