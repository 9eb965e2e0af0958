package slipway.shell.commands.desk;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import slipway.command.Call;
import slipway.command.Command;
import slipway.config.Durations;

/**
 * The rules that all commands share: {@code --help}, paths, durations and numbers, no colours, how
 * to refuse.
 */
public final class CommandLines {

  private static final int WIDTH = 80;

  private CommandLines() {}

  /** The parser for one call. */
  static CommandLine of(CommandHead head, Command command, Call call) {
    CommandLine line = new CommandLine(command.grammar(call));
    line.setCommandName(head.name());
    describe(line.getCommandSpec(), head);
    offerHelp(line);
    return line.setExpandAtFiles(false)
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setUsageHelpWidth(WIDTH)
        .registerConverter(Path.class, text -> path(text, call))
        .registerConverter(File.class, text -> path(text, call).toFile())
        .registerConverter(Duration.class, CommandLines::duration)
        .registerConverter(int.class, text -> number(text, Integer::parseInt))
        .registerConverter(Integer.class, text -> number(text, Integer::parseInt))
        .registerConverter(long.class, text -> number(text, Long::parseLong))
        .registerConverter(Long.class, text -> number(text, Long::parseLong))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /**
   * Parses arguments and runs the grammar's object, or the part of it, that they name. In the
   * thread of the call.
   *
   * @throws Exception with one line as its message that says what failed or what is allowed
   */
  public static void run(CommandHead head, Command command, List<String> arguments, DeskCall call)
      throws Exception {
    CommandLine line = of(head, command, call);
    try {
      ParseResult parsed = line.parseArgs(arguments.toArray(String[]::new));
      List<CommandLine> named = parsed.asCommandLineList();
      for (CommandLine each : named) {
        if (each.isUsageHelpRequested()) {
          call.out().print(each.getUsageMessage());
          return;
        }
      }
      CommandLine last = named.get(named.size() - 1);
      boolean needsVerb = !(last.getCommandSpec().userObject() instanceof Callable);
      if (needsVerb && !last.getSubcommands().isEmpty()) {
        throw new ParameterException(last, "a verb is missing; " + Refusal.verbs(last));
      }
      call.called(last.getCommandSpec().qualifiedName());
      new CommandLine.RunLast().execute(parsed);
    } catch (ParameterException refused) {
      throw Refusal.of(refused);
    } catch (CommandLine.ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }

  /** The line that the manifest has comes first; the grammar may say more. */
  private static void describe(CommandSpec spec, CommandHead head) {
    String help = head.help().replace("%", "%%"); // picocli formats it
    spec.usageMessage()
        .description(
            Stream.concat(Stream.of(help), Stream.of(spec.usageMessage().description()))
                .toArray(String[]::new));
  }

  private static void offerHelp(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Shows this help.").build());
    line.getSubcommands().values().forEach(CommandLines::offerHelp);
  }

  private static Path path(String text, Call call) {
    try {
      if (!text.isBlank()) {
        return call.directory().resolve(text);
      }
    } catch (InvalidPathException noPath) {
      // refused below
    }
    throw new TypeConversionException("allowed is the path of a file");
  }

  private static <N extends Number> N number(String text, Function<String, N> parse) {
    try {
      return parse.apply(text);
    } catch (NumberFormatException notANumber) {
      throw new TypeConversionException("allowed is a whole number");
    }
  }

  private static Duration duration(String text) {
    return Durations.parse(text)
        .orElseThrow(() -> new TypeConversionException("allowed is " + Durations.FORM));
  }
}
