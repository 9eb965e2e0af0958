package slipway.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class AdminSocketTest {

  @TempDir Path home;
  private ServerSocketChannel server;

  @BeforeEach
  void listen() throws IOException {
    Files.createDirectories(home.resolve("var/run"));
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(home.resolve("var/run/admin.sock")));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  /** Answers each command with the same reply, in two pieces. */
  private AdminSocket answering(String reply) throws IOException {
    AdminSocket admin = AdminSocket.of(home);
    SocketChannel client = server.accept();
    Thread.ofVirtual()
        .start(
            () -> {
              ByteBuffer command = ByteBuffer.allocate(1024);
              try (client) {
                while (client.read(command.clear()) > 0) {
                  client.write(StandardCharsets.UTF_8.encode(reply.substring(0, 1)));
                  client.write(StandardCharsets.UTF_8.encode(reply.substring(1)));
                }
              } catch (IOException closed) {
                // by the test
              }
            });
    return admin;
  }

  @Test
  void aReplyIsItsTextWithoutItsLastLine() throws IOException {
    try (AdminSocket admin = answering("one\ntwo\nSuccess\0")) {
      assertThat(admin.execute("libctl ps")).isEqualTo("one\ntwo\n");
      assertThat(admin.execute("libctl ps")).isEqualTo("one\ntwo\n");
    }
  }

  @Test
  void aCommandThatFailsMayHaveAText() throws IOException {
    try (AdminSocket admin = answering("[]\nError: 2 versions\0")) {
      assertThat(admin.look("libctl leaks --json")).isEqualTo("[]\n");
    }
  }

  @Test
  void aCommandThatFailsIsAnErrorInTheHostsWords() throws IOException {
    try (AdminSocket admin = answering("Error: no such verb\0")) {
      assertThatThrownBy(() -> admin.execute("libctl fly"))
          .isInstanceOf(IOException.class)
          .hasMessage("libctl fly: Error: no such verb");
    }
  }
}
