package slipway.shell.commands.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.command.Call;
import slipway.command.Caller;
import slipway.command.CandidatesFor;
import slipway.command.CommandException;
import slipway.command.CommandName;

/** What the desk does for a command that somebody else has written. */
class CommandLinesTest {

  private final TestDesk desk = new TestDesk();

  @BeforeEach
  void bring() {
    desk.bring(new Strange());
    desk.session().put(Caller.DIRECTORY, Path.of("/here"));
  }

  @AfterEach
  void close() {
    desk.close();
  }

  enum Colour {
    RED,
    GREEN
  }

  @CommandName(name = "strange", help = "Does 100 % of it.")
  static final class Strange implements slipway.command.Command {
    @Override
    public Object grammar(Call call) {
      return new Verbs(call);
    }
  }

  @Command(description = "And more.")
  static final class Verbs {
    private final Call call;

    Verbs(Call call) {
      this.call = call;
    }

    @Command(description = "Says what it was given.")
    void take(
        @Option(names = "--path") Path path,
        @Option(names = "--file") File file,
        @Option(names = "--time") Duration time,
        @Option(names = "--count") Integer count,
        @Option(names = "--colour") Colour colour) {
      call.out().print(path + " " + file + " " + time + " " + count + " " + colour);
    }

    @Command(description = "Has words.")
    void pick(
        @Parameters(paramLabel = "WORD") String word,
        @Parameters(paramLabel = "BROKEN") String broken) {
      call.out().print(word + broken);
    }

    @CandidatesFor("WORD")
    List<String> words(String typed) {
      return List.of("one", "other", typed + "!");
    }

    @CandidatesFor("BROKEN")
    List<String> broken() {
      throw new IllegalStateException("no words now");
    }

    @Command(description = "Fails.")
    void fail() throws CommandException {
      throw new CommandException("strange fail: it does");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--path a/b, /here/a/b null null null null",
    "--path /a, /a null null null null",
    "--file ../a, null /here/../a null null null",
    "--time 5m, null null PT5M null null",
    "--count 7 --colour green, null null null 7 GREEN",
  })
  void valuesAreReadAlikeInAllCommands(String options, String values) throws Exception {
    assertThat(desk.run("strange take " + options)).isEqualTo(values);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--path ''  | --path \"\": allowed is the path of a file",
        "--count x  | --count x: allowed is a whole number",
        "--time 5   | --time 5: allowed is a whole number with ms, s, m, h or d, such as 500ms, 60s"
            + " or 5m",
      })
  void aWrongValueIsToldWhatIsAllowed(String options, String problem) {
    assertThatThrownBy(() -> desk.run("strange take " + options))
        .isInstanceOf(CommandException.class)
        .hasMessage("strange take: " + problem + "; see: strange take --help");
  }

  @Test
  void theLineOfTheManifestBeginsTheHelp() throws Exception {
    assertThat(desk.run("strange --help"))
        .startsWith("Usage: strange [-h] [COMMAND]\nDoes 100 % of it.\nAnd more.\n");
    assertThat(desk.run("help")).contains("strange  Does 100 % of it.\n");
  }

  @Test
  void whatACommandThrowsComesThroughAsItIs() {
    assertThatThrownBy(() -> desk.run("strange fail"))
        .isInstanceOf(CommandException.class)
        .hasMessage("strange fail: it does");
  }

  @Test
  void aMethodOfTheGrammarSaysWhatAValueCouldBe() {
    assertThat(desk.candidates(List.of("strange", "pick", "o")))
        .containsExactly("one", "other", "o!");
    assertThat(desk.candidates(List.of("strange", "pick", "one", ""))).isEmpty();
    assertThat(desk.candidates(List.of("strange", "take", "--colour", "")))
        .containsExactly("RED", "GREEN");
  }
}
