package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class AdminClientTest {

  private static final Duration SILENCE = Duration.ofSeconds(15);

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock();
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
  void theProtocolIsThatOfTheTranscript() throws IOException {
    Path socket = folder.resolve("s");
    List<Transcript.Exchange> exchanges = Transcript.read().exchanges();
    Iterator<Transcript.Exchange> next = exchanges.iterator();
    Iterator<Optional<String>> answers =
        List.of(
                Optional.of("s3cret'\nsay injected"),
                Optional.of("yes\t"),
                Optional.of("\u0002a line\u0005"),
                Optional.<String>empty())
            .iterator();
    List<Question> asked = new ArrayList<>();
    List<String> waits = new ArrayList<>();
    Question.Answerer answerer =
        question -> {
          asked.add(question);
          return answers.next();
        };
    List<Reply> replies = new ArrayList<>();
    try (FakeHost host =
            FakeHost.ofBytes(
                socket,
                request -> {
                  Transcript.Exchange exchange = next.next();
                  return request.equals(exchange.client()) ? exchange.server() : null;
                });
        AdminClient client = AdminClient.connect(socket)) {
      String words = GogoQuoting.line(List.of("say", "one\nsay two\r\n; say $x | upper", "it's"));
      for (String line : List.of(words, "fail 'x'", "nothing", "ask")) {
        replies.add(client.execute(line, shown::add, answerer));
      }
      assertThat(client.complete("say o")).containsExactly("one", "other");
      replies.add(client.execute("", shown::add, answerer));
      replies.add(client.execute("later", shown::add, answerer, Optional.of(waits::add)));
      Optional<Path> home = Optional.of(Path.of("/home/ann"));
      replies.add(client.execute(home, "where", shown::add, answerer, Optional.empty()));

      assertThat(host.requests).isEqualTo(exchanges.stream().map(e -> e.client()).toList());
    }
    assertThat(replies)
        .containsExactly(
            Reply.SUCCESS,
            new Reply("it failed: [x]"),
            new Reply("unknown command: nothing; try: help"),
            Reply.SUCCESS,
            Reply.SUCCESS,
            Reply.SUCCESS,
            Reply.SUCCESS);
    assertThat(waits).containsExactly("later waits for the tide");
    assertThat(asked)
        .containsExactly(
            new Question(Question.Kind.SECRET, "The secret?"),
            new Question(Question.Kind.ANSWER, "Sure?"),
            new Question(Question.Kind.LINE, ""),
            new Question(Question.Kind.LINE, ""));
    assertThat(String.join("", shown))
        .isEqualTo(
            "one\nsay two\r\n; say $x | upper|it's\n"
                + "[s3cret'\nsay injected, yes\t, \u0002a line\u0005, none]\n"
                + "it came\n"
                + "/home/ann\n");
  }

  @Test
  void aCommandWithNulIsNotSent() throws IOException {
    Path socket = folder.resolve("s");
    try (FakeHost host = new FakeHost(socket, request -> "Success");
        AdminClient client = AdminClient.connect(socket)) {
      assertThatThrownBy(() -> client.execute("say a\0say b", shown::add))
          .hasMessageContaining("NUL");
      assertThat(client.execute("say c", shown::add).succeeded()).isTrue();
      assertThat(host.requests).containsExactly("say c");
    }
  }

  @Test
  void anAnswerWithNulIsNoAnswerAndTheCommandFails() throws IOException {
    Path socket = folder.resolve("s");
    try (FakeHost host =
            new FakeHost(socket, request -> request.equals("ask\u0005") ? "Line: " : "Success");
        AdminClient client = AdminClient.connect(socket)) {
      Reply reply = client.execute("ask", shown::add, question -> Optional.of("x\0say b"));
      assertThat(reply.error()).contains("NUL");
      assertThat(host.requests).containsExactly("ask\u0005", "\u0018");
    }
  }

  @Test
  void aHostThatSaysNothingIsGivenUp() throws Exception {
    Path socket = folder.resolve("s");
    try (FakeHost host = new FakeHost(socket, request -> silentFor(SILENCE.plusNanos(1)));
        AdminClient client = AdminClient.connect(socket, SILENCE, Optional.empty(), clock)) {
      assertThatThrownBy(() -> client.execute("ps", shown::add))
          .isInstanceOf(SilentHostException.class)
          .hasMessageContaining("has said nothing for");
      host.left.await();
    }
  }

  private String silentFor(Duration time) {
    clock.pass(time);
    return null;
  }

  @Test
  void aCommandThatTakesLongerThanItIsGivenIsGivenUp() throws Exception {
    Path socket = folder.resolve("s");
    Duration limit = SILENCE.dividedBy(2);
    try (FakeHost host = new FakeHost(socket, request -> silentFor(limit.plusNanos(1)));
        AdminClient client = AdminClient.connect(socket, SILENCE, Optional.of(limit), clock)) {
      assertThatThrownBy(() -> client.execute("wait", shown::add))
          .isInstanceOf(SilentHostException.class)
          .hasMessageContaining("--timeout");
      host.left.await();
    }
  }

  @Test
  void aPersonWhoIsAskedMayTakeLong() throws Exception {
    Path socket = folder.resolve("s");
    try (FakeHost host =
            new FakeHost(socket, request -> request.equals("ask\u0005") ? "Line: " : "Success");
        AdminClient client = AdminClient.connect(socket, SILENCE, Optional.empty(), clock)) {
      Reply reply =
          client.execute(
              "ask",
              shown::add,
              question -> {
                clock.pass(SILENCE.multipliedBy(100));
                awaitLook();
                return Optional.of("yes");
              });
      assertThat(reply.succeeded()).isTrue();
      assertThat(host.requests).containsExactly("ask\u0005", "yes");
    }
  }

  private void awaitLook() {
    try {
      clock.awaitLook();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
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

      assertThatThrownBy(() -> reply.get(60, TimeUnit.SECONDS))
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
