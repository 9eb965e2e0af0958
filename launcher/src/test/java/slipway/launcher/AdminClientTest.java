package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AdminClientTest {

  @TempDir Path folder;

  private final List<String> shown = new ArrayList<>();

  @Test
  void commandsAreSentWhole() throws IOException {
    Path socket = folder.resolve("s");
    try (FakeHost host = new FakeHost(socket, request -> "got it\nSuccess");
        AdminClient client = AdminClient.connect(socket)) {
      assertThat(client.execute("say 'a\nb' grüße", shown::add).succeeded()).isTrue();

      assertThat(host.requests).containsExactly("say 'a\nb' grüße");
      assertThat(shown).containsExactly("got it\n");
    }
  }

  @Test
  void oneConnectionServesManyCommands() throws IOException {
    Path socket = folder.resolve("s");
    try (FakeHost host = new FakeHost(socket, request -> "Error: no " + request);
        AdminClient client = AdminClient.connect(socket)) {
      assertThat(client.execute("a", shown::add).error()).isEqualTo("no a");
      assertThat(client.execute("b", shown::add).error()).isEqualTo("no b");
      assertThat(host.requests).containsExactly("a", "b");
    }
  }

  @Test
  void whatACommandAsksIsAnsweredWhileItRuns() throws IOException {
    Path socket = folder.resolve("s");
    try (FakeHost host =
            new FakeHost(
                socket,
                request ->
                    switch (request) {
                      case "passwd\u0005" -> "first\nSecret: New password of ann:";
                      case "grüße" -> "Line: ";
                      default -> "last\nSuccess";
                    });
        AdminClient client = AdminClient.connect(socket)) {
      List<Question> asked = new ArrayList<>();
      Reply reply =
          client.execute(
              "passwd",
              shown::add,
              question -> {
                asked.add(question);
                return question.kind() == Question.Kind.SECRET
                    ? Optional.of("grüße")
                    : Optional.empty();
              });
      assertThat(reply.succeeded()).isTrue();
      assertThat(asked)
          .containsExactly(
              new Question(Question.Kind.SECRET, "New password of ann:"),
              new Question(Question.Kind.LINE, ""));
      assertThat(host.requests).containsExactly("passwd\u0005", "grüße", "\u0018");
      assertThat(shown).containsExactly("first\n", "last\n");
    }
  }

  @Test
  void completionAsksWithATab() throws IOException {
    Path socket = folder.resolve("s");
    try (FakeHost host = new FakeHost(socket, request -> "ps\nstate\nSuccess");
        AdminClient client = AdminClient.connect(socket)) {
      assertThat(client.complete("libctl ")).containsExactly("ps", "state");
      assertThat(host.requests).containsExactly("libctl \t");
    }
  }

  @Test
  void closingAbandonsACommandThatRuns() throws Exception {
    Path socket = folder.resolve("s");
    try (FakeHost host = new FakeHost(socket, request -> null)) {
      AdminClient client = AdminClient.connect(socket);
      CompletableFuture<Reply> reply = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  reply.complete(client.execute("wait", shown::add));
                } catch (IOException e) {
                  reply.completeExceptionally(e);
                }
              });
      host.asked.await();

      client.close();

      assertThatThrownBy(() -> reply.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IOException.class);
      host.left.await();
    }
  }

  @Test
  void nobodyListensWhereAHostWasKilled() throws IOException {
    Path socket = folder.resolve("s");
    new FakeHost(socket, request -> null).close();

    assertThat(socket).exists();
    assertThatThrownBy(() -> AdminClient.connect(socket)).isInstanceOf(IOException.class);
  }
}
