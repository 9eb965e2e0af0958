package slipway.server.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.packet.PacketCodec;
import slipway.packet.PacketFormat;
import slipway.packet.PacketSettings;

class PacketCheckTest {

  private final PacketCheck check = new PacketCheck();

  private static Settings settings(String... pairs) {
    Map<String, Object> properties = new HashMap<>(Map.of("service", "packets"));
    for (String pair : pairs) {
      properties.put(pair.split("=")[0].strip(), pair.split("=", 2)[1].strip());
    }
    return Settings.of(PacketConfig.class, properties);
  }

  @Test
  void whatIsNotConfiguredIsTheUsual() throws Exception {
    assertThat(PacketRule.of(settings()).settings()).isEqualTo(PacketSettings.usual());
  }

  @Test
  void theOldClientsAreConfiguredAsTheirKeysAreWritten() throws Exception {
    PacketRule rule =
        PacketRule.of(
            settings("framing=net", "codec=chained", "code=0x77", "key=50", "packet.max=500"));
    assertThat(rule.settings().format())
        .isEqualTo(PacketFormat.net(0x77, PacketCodec.chained(0x32), 500));
    assertThat(rule.isDisguised()).isTrue();
    assertThat(PacketRule.of(settings("framing=net", "codec=chained", "key=1", "length8=true")))
        .extracting(each -> each.settings().format())
        .isEqualTo(PacketFormat.net(0x77, PacketCodec.chainedLength8(1), 2000));
    assertThat(PacketRule.of(settings("framing=net", "codec=xor2", "key=0x32", "key2=0x84")))
        .extracting(each -> each.settings().format())
        .isEqualTo(PacketFormat.net(0x77, PacketCodec.xor2(0x32, 0x84), 2000));
    assertThat(PacketRule.of(settings("framing=net")).isDisguised()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "service=,              service",
    "service=a b,           service",
    "framing=wan,           lan or net",
    "codec=rot13,           plain if framing is lan",
    "codec=xor2,            plain if framing is lan",
    "packet.max=0,          1 to 65535",
    "packet.max=65536,      1 to 65535",
    "heartbeat.timeout=-1s, heartbeat.timeout",
    "packet.rate=-1,        0 to 1000000",
    "packet.burst=0,        1 to 1000000",
    "over.rate=drop,        wait or close",
    "inbox.limit=1023,      1024 to 67108864",
    "inbox.limit=67108865,  1024 to 67108864",
    "outbox.limit=1000,     1024 to 1073741824",
    "outbox.limit=-1,       1024 to 1073741824",
    "resume.window=25h,     0s to 1d",
    "resume.buffer=1023,    1024 to 67108864"
  })
  void aWrongValueIsRefusedWithWhatIsAllowed(String pair, String allowed) {
    assertThatThrownBy(() -> check.check("x", settings(pair)))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageStartingWith(pair.split("=")[0] + " = ")
        .hasMessageContaining(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "code=256,     0 to 255",
    "code=-1,      0 to 255",
    "code=0x100,   0 to 255",
    "key=x,        0x77",
    "key2=999,     0x77",
    "codec=rot13,  'plain, xor2 or chained'",
    "length8=true, false unless codec is chained",
    "length8=1,    true or false"
  })
  void aWrongValueOfNetIsRefusedWithWhatIsAllowed(String pair, String allowed) {
    assertThatThrownBy(() -> check.check("x", settings("framing=net", pair)))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageStartingWith(pair.split("=")[0] + " = ")
        .hasMessageContaining(allowed);
  }

  @Test
  void twoConfigurationsAreNotForTheSameConnections() throws Exception {
    Map<String, Settings> siblings = Map.of("all", settings(), "lan", settings("acceptor=lan"));
    check.check("net", settings("acceptor=net"), siblings);
    check.check("other", settings("service=other"), siblings);
    assertThatThrownBy(() -> check.check("again", settings("acceptor=lan"), siblings))
        .hasMessage(
            "acceptor = packets at acceptor lan: allowed is what no other configuration of packets"
                + " is for; slipway.packet-lan is for the same");
    assertThatThrownBy(() -> check.check("again", settings(), siblings))
        .hasMessageStartingWith("service = packets: allowed is what no other");
  }
}
