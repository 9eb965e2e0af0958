package slipway.bots;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.bots.peer.PacketServer;
import slipway.packet.PacketFormat;

class BotsTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return new Bots(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|slipway: bots: a verb is missing; allowed are echo, publish, attack, world",
        "ech|slipway: bots: unknown verb ech; allowed are echo, publish, attack, world",
        "echo|slipway: bots echo: HOST:PORT is missing",
        "echo x|slipway: bots echo: HOST:PORT x: allowed is HOST:PORT with a port of 1 to 65535",
        "echo a:1 b:2|slipway: bots echo: unexpected argument b:2",
        "echo a:1 --code 256|slipway: bots echo: --code 256: allowed is 0 to 255",
        "echo a:1 --framing wan|slipway: bots echo: --framing wan: allowed is lan or net",
        "echo a:1 --codec xor2|slipway: bots echo: --codec xor2: allowed is plain with --framing"
            + " lan",
        "echo a:1 --framing net --length8|slipway: bots echo: --codec plain: allowed is chained",
        "echo a:1 --sizes 5..4|slipway: bots echo: --sizes 5..4: allowed is MIN..MAX in bytes",
        "echo a:1 --sizes 0..1983|slipway: bots echo: --sizes 0..1983: allowed is up to 1982",
        "publish a:1 --sizes 0..1973|slipway: bots publish: --sizes 0..1973: allowed is up to 1972",
        "echo a:1 --connections 0|slipway: bots echo: --connections 0: allowed is 1 to 10000",
        "echo a:1 --connections x|slipway: bots echo: --connections x: allowed is a whole number",
        "publish a:1 --connections 1|slipway: bots publish: --connections 1: allowed is 2 to 1000",
        "echo a:1 --under-way 1001|slipway: bots echo: --under-way 1001: allowed is 1 to 1000",
        "echo a:1 --reconnect 1001|slipway: bots echo: --reconnect 1001: allowed is 0 to 1000",
        "echo a:1 --pause 5|slipway: bots echo: --pause 5: allowed is a whole number with ms",
        "echo a:1 --packet-max 0|slipway: bots echo: --packet-max 0: allowed is 1 to 65535",
        "echo a:1 --seconds 0|slipway: bots echo: --seconds 0: allowed is 1 to",
        "echo a:1 --what|slipway: bots echo: unknown option --what; allowed are --code",
        "attack a:1 --attackers 0|slipway: bots attack: --attackers 0: allowed is 1 to 100",
        "world a:1 --players 0|slipway: bots world: --players 0: allowed is 1 to 10000",
        "world a:1 --mix 75/20|slipway: bots world: --mix 75/20: allowed is WALK/SAY/GO of up to"
            + " 100",
        "world a:1 --mix 75/20/6|slipway: bots world: --mix 75/20/6: allowed is WALK/SAY/GO of up",
        "world a:1 --decide 9ms|slipway: bots world: --decide 9ms: allowed is 10ms to 1h",
        "world a:1 --skips -1|slipway: bots world: --skips -1: allowed is 0 to 1000000",
        "world a:1 --name-prefix a.b|slipway: bots world: --name-prefix a.b: allowed is 1 to 32",
        "world a:1 --password=|slipway: bots world: --password of 0 bytes: allowed is 1 to 128"
            + " bytes",
      })
  void aWrongCommandLineIsRefusedWithWhatIsAllowed(String line, String error) {
    assertThat(run(line == null ? new String[0] : line.split(" "))).isEqualTo(64);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).startsWith(error).hasLineCount(1).contains("; see: slipway");
  }

  @ParameterizedTest
  @CsvSource({"--help,Usage: slipway bots", "echo --help,Usage: slipway bots echo"})
  void helpIsPrinted(String line, String text) {
    assertThat(run(line.split(" "))).isZero();
    assertThat(out.toString(UTF_8)).startsWith(text);
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void aServerThatIsNotThereIsOneClearLine() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThat(run("echo", "127.0.0.1:" + port)).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .startsWith("slipway: bots echo: no client got in at 127.0.0.1:" + port + ": ")
        .contains("refused")
        .hasLineCount(1);
  }

  @Test
  void aRunAgainstARightServerEndsWithZeroAndSaysItsSeed() throws Exception {
    try (PacketServer server =
        new PacketServer(
            PacketFormat.lan(2000),
            (client, payload) -> {
              payload[0]++; // 5001 instead of 5000
              client.send(payload);
            })) {
      String target = server.target().toString();
      int code =
          run(
              ("echo " + target + " --seconds 1 --connections 3 --pause 5ms --seed 42 --late 1h")
                  .split(" "));
      assertThat(out.toString(UTF_8))
          .startsWith(
              "echo " + target + ", lan: 3 connections, 12..256 bytes, 1 under way, seed 42")
          .contains("\nanswers with a wrong byte");
      assertThat(code).isZero();
    }
  }

  @Test
  void aWorldThatLetsNobodyInSaysWhy() throws Exception {
    byte[] refusal = {0x72, 0x17, 1, 2, 'n', 'o'};
    try (PacketServer server =
        new PacketServer(PacketFormat.lan(2000), (client, payload) -> client.send(refusal))) {
      assertThat(run(("world " + server.target() + " --players 2").split(" "))).isEqualTo(1);
      assertThat(err.toString(UTF_8))
          .startsWith("slipway: bots world: no client got in at " + server.target() + ": ")
          .endsWith("the server has refused a player: no\n");
    }
  }

  @Test
  void aRunAgainstAWrongServerEndsWithOne() throws Exception {
    try (PacketServer server =
        new PacketServer(PacketFormat.lan(2000), (client, payload) -> client.send(payload))) {
      String target = server.target().toString();
      assertThat(run(("echo " + target + " --seconds 1 --connections 1 --json").split(" ")))
          .isEqualTo(1);
      assertThat(out.toString(UTF_8))
          .contains("\"passed\":false")
          .contains("\"firstBadPacket\":{\"what\":\"no answer to an echo\"");
    }
  }
}
