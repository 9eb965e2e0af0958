package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks Gogo itself what it makes of the words. */
class GogoQuotingTest {

  private final ThreadIOImpl threadIo = new ThreadIOImpl();
  private final List<Object> received = new ArrayList<>();
  private CommandSession session;

  /** A command that Gogo finds by the name of its method. */
  public final class Recorder {
    public void take(Object... arguments) {
      received.addAll(List.of(arguments));
    }
  }

  @BeforeEach
  void startGogo() {
    threadIo.start();
    CommandProcessorImpl processor = new CommandProcessorImpl(threadIo);
    processor.addCommand("slipway", new Recorder(), "take");
    ByteArrayOutputStream ignored = new ByteArrayOutputStream();
    session = processor.createSession(new ByteArrayInputStream(new byte[0]), ignored, ignored);
    session.put("SCOPE", "slipway:*");
  }

  @AfterEach
  void stopGogo() {
    session.close();
    threadIo.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "",
        " ",
        "two words",
        "it's",
        "''",
        "\"quoted\"",
        "'\"'",
        "$x",
        "${x}",
        "$(ps)",
        "a;b",
        "a|b",
        "a&&b",
        "(x)",
        "{y}",
        "[z]",
        "#no comment",
        "!1",
        "*",
        "?",
        "~",
        "a=b",
        "\\",
        "\\n",
        "a\\'b",
        "`ps`",
        "%(1+1)",
        "<in",
        ">out",
        "^",
        "@",
        "a,b",
        "null",
        "true",
        "007",
        "1.50",
        "--json",
        "line\nbreak",
        "tab\t",
        "two\n\nlines\n",
        "\r\n; take injected",
        "\r",
        "'\n; take injected #",
        "\\u000atake",
        "\u0085\u2028\u2029",
        "\u001b[2J\u0007\u009b",
        "\u0002\u0005\u0018\u0016",
        "\u202edesrever",
        "~/x",
        "-",
        "--",
        "-n",
        "%x%",
        "$'",
        "'$(take y)'",
        "${'",
        "\ud83d\ude00",
        "grüße €"
      })
  void argumentsArriveLetterByLetter(String word) throws Exception {
    session.execute(GogoQuoting.line(List.of("take", word, "and", word)));

    assertThat(received).containsExactly(word, "and", word);
  }

  @Test
  void aCommandMayBeNamedWithItsScope() throws Exception {
    session.execute(GogoQuoting.line(List.of("slipway:take", "1")));

    assertThat(received).containsExactly("1");
  }

  @Test
  void oneWordWithSpacesIsACommandLine() throws Exception {
    session.execute(GogoQuoting.line(List.of("take a; take b ")));

    assertThat(received).containsExactly("a", "b");
  }

  @Test
  void noLineEndsWithATabWhichWouldAskForCompletion() {
    assertThat(GogoQuoting.line(List.of("take", "a\t"))).doesNotEndWith("\t");
    assertThat(GogoQuoting.line(List.of("take a\t"))).doesNotEndWith("\t");
  }
}
