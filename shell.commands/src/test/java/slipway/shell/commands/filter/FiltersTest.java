package slipway.shell.commands.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.Process;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.command.Caller;
import slipway.command.CommandException;
import slipway.shell.commands.desk.TestDesk;

class FiltersTest {

  private final TestDesk shell = new TestDesk();

  @BeforeEach
  void bring() {
    List.of(
            new GrepCommand(),
            new HeadCommand(),
            new TailCommand(),
            new SortCommand(),
            new MoreCommand())
        .forEach(shell::bring);
    shell.add(
        "test",
        "lines",
        (session, arguments) -> {
          arguments.forEach(each -> Process.Utils.current().out().println(each));
          return null;
        });
  }

  @AfterEach
  void close() {
    shell.close();
  }

  private List<String> run(String line) throws Exception {
    return shell.run(line).lines().toList();
  }

  @ParameterizedTest
  @CsvSource({
    "lines echo time echoes | grep echo, echo echoes",
    "lines echo time echoes | grep 'o$', echo",
    "lines echo time echoes | grep -v echo, time",
    "lines echo time | grep none, ''",
    "lines c a b | sort, a b c",
    "lines c a b | sort --reverse, c b a",
    "lines a b c | head -n 2, a b",
    "lines a b c | head, a b c",
    "lines a b c | tail -n 2, b c",
    "lines a b c | tail --lines=7, a b c",
    "lines c a b | sort | tail -n 1, c",
    "lines a b c d | more -n 2, a b c d",
    "head, ''",
  })
  void linesComeThrough(String line, String lines) throws Exception {
    assertThat(run(line)).isEqualTo(lines.isEmpty() ? List.of() : List.of(lines.split(" ")));
  }

  @Test
  void aPersonIsAskedBeforeEachFurtherPage() throws Exception {
    Reader reader = new Reader();
    shell.session().put(Caller.VARIABLE, reader);
    reader.answers.addAll(List.of("", "q"));
    assertThat(run("lines a b c d e f | more -n 2")).containsExactly("a", "b", "c", "d");
    assertThat(reader.answers).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "grep '(' | grep: EXPRESSION (: allowed is a regular expression, in which a character "
            + "such as ( needs a \\ before it; see: grep --help",
        "grep | grep: EXPRESSION is missing; allowed is grep EXPRESSION; see: grep --help",
        "head -n 0 | head: --lines 0: allowed is a whole number from 1 to 100000; see: head --help",
      })
  void aWrongArgumentIsToldWhatIsAllowed(String line, String message) {
    assertThatThrownBy(() -> shell.run(line))
        .isInstanceOf(CommandException.class)
        .hasMessage(message);
  }

  /** Somebody who reads page by page. */
  private static final class Reader implements Caller {
    final Deque<String> answers = new ArrayDeque<>();

    @Override
    public Optional<String> answer(String question) {
      return Optional.ofNullable(answers.poll());
    }

    @Override
    public Optional<String> secret(String question) {
      return Optional.empty();
    }

    @Override
    public Optional<String> line() {
      return Optional.empty();
    }

    @Override
    public void waits(String what) {
      // nobody is told
    }
  }
}
