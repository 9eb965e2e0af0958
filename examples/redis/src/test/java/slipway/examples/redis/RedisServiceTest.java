package slipway.examples.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.service.Service;
import slipway.testkit.HandOffs;
import slipway.testkit.OwnClasses;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;

class RedisServiceTest {

  /** Three versions that have the same keys. */
  private static List<Service> versions() {
    Map<String, Object> keys = new Keys(Map.of()).shared();
    return List.of(
        OwnClasses.make(RedisService.class, keys),
        OwnClasses.make(RedisService.class, keys),
        OwnClasses.make(RedisService.class, keys));
  }

  private static String command(String... words) {
    StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      command.append("$").append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return command.toString();
  }

  private static String answers(String... commands) throws Exception {
    return new HandOffs(RedisServiceTest::versions).saying(String.join("", commands)).atEveryByte();
  }

  @Test
  void aConversationIsHandedOverAtEveryByte() throws Exception {
    String answers =
        new HandOffs(RedisServiceTest::versions)
            .saying(command("SET", "key", "a \0\r\n\u00ff value"))
            .saying(command("INCR", "n") + command("INCR", "n") + command("GET", "key"))
            .saying("PING\r\n")
            .saying(command("DEL", "key", "none") + command("GET", "key"))
            .atEveryByte();
    assertThat(answers)
        .isEqualTo("+OK\r\n:1\r\n:2\r\n$12\r\na \0\r\n\u00ff value\r\n+PONG\r\n:1\r\n$-1\r\n");
  }

  @Test
  void aClientThatQuitsHasItsAnswersAndNoMore() throws Exception {
    assertThat(answers(command("INCR", "n"), command("QUIT"), command("INCR", "n")))
        .isEqualTo(":1\r\n+OK\r\n");
  }

  @Test
  void whatIsNoCommandIsToldAndEndsTheConnection() throws Exception {
    assertThat(answers(command("PING"), "*1\r\n:5\r\n", command("PING")))
        .isEqualTo("+PONG\r\n-ERR Protocol error: a command consists of bulk strings\r\n");
    assertThat(answers("*1\r\n$x\r\n", command("PING"))).startsWith("-ERR Protocol error: ");
    assertThat(answers("*2000\r\n")).startsWith("-ERR Protocol error: ");
    assertThat(answers("*1\r\n*1\r\n$4\r\nPING\r\n")).startsWith("-ERR Protocol error: ");
  }

  @Test
  void aCommandThatIsTooLongIsRefusedBeforeItIsThere() throws Exception {
    assertThat(answers("*2\r\n$600000\r\n")).isEmpty();
    assertThat(answers("*2\r\n$1048577\r\n"))
        .isEqualTo("-ERR Protocol error: a command is longer than 1048576 bytes\r\n");
  }

  @Test
  void aCommandThatIsWrongIsToldAndTheNextOneIsAnswered() throws Exception {
    assertThat(
            answers(
                command("SET", "n", "007"),
                command("INCR", "n"),
                command("SET", "n"),
                command("no\nsuch"),
                command("SET", "n", "9223372036854775807"),
                command("INCR", "n")))
        .isEqualTo(
            "+OK\r\n"
                + "-ERR value is not an integer or out of range\r\n"
                + "-ERR wrong number of arguments for SET\r\n"
                + "-ERR unknown command NO?SUCH\r\n"
                + "+OK\r\n"
                + "-ERR increment would overflow\r\n");
  }

  @Test
  void aKeyThatIsTooLongIsRefused() {
    try (TestHost host = new TestHost("redis", new RedisService(Map.of()))) {
      TestConnection client = host.connect();
      client.send(command("GET", "x".repeat(513)));
      client.send(command("GET", "x".repeat(512)));
      assertThat(client.received()).isEqualTo("-ERR a key is longer than 512 bytes\r\n$-1\r\n");
    }
  }

  @Test
  void whatClientsAskAsTheyConnectIsAnswered() throws Exception {
    assertThat(answers(command("COMMAND", "DOCS"), command("CONFIG", "GET", "save")))
        .isEqualTo("*0\r\n*2\r\n$4\r\nsave\r\n$0\r\n\r\n");
  }

  @Test
  void aClientThatDoesNotReadIsNotReadAndGetsAllItsAnswersInTheirOrder() {
    List<Service> versions = versions();
    try (TestHost host = new TestHost("redis", versions.get(0))) {
      TestConnection client = host.connect();
      client.send(command("SET", "big", "x".repeat(50_000)));
      assertThat(client.received()).isEqualTo("+OK\r\n");
      client.reads(false);
      client.send((command("GET", "big") + command("INCR", "n")).repeat(20));
      assertThat(client.isRead()).isFalse();
      assertThat(host.connect().send(command("GET", "n")).received())
          .as("the others wait")
          .isEqualTo("$1\r\n1\r\n");
      host.handOver(versions.get(1));
      client.reads(true);
      StringBuilder answers = new StringBuilder();
      for (int i = 1; i <= 20; i++) {
        answers.append("$50000\r\n").append("x".repeat(50_000)).append("\r\n:" + i + "\r\n");
      }
      assertThat(client.received()).isEqualTo(answers.toString());
      assertThat(client.version()).isEqualTo("2.0.0");
      assertThat(client.isRead()).isTrue();
    }
  }
}
