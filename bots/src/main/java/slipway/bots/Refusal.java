package slipway.bots;

import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in one line that says what is allowed. */
final class Refusal {

  private Refusal() {}

  static String of(ParameterException refused) {
    CommandLine line = refused.getCommandLine();
    String command = line.getCommandSpec().qualifiedName();
    return command.replaceFirst(" ", ": ")
        + ": "
        + problem(refused, line)
        + "; see: "
        + command
        + " --help";
  }

  /** A value that has the right form and makes no sense. */
  static ParameterException value(
      CommandSpec command, String option, Object value, String allowed) {
    return new ParameterException(
        command.commandLine(), option + " " + value + ": allowed is " + allowed);
  }

  /**
   * Checks a number.
   *
   * @throws ParameterException if it is out of range
   */
  static int range(CommandSpec command, String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw value(command, option, value, least + " to " + most);
    }
    return value;
  }

  private static String problem(ParameterException refused, CommandLine line) {
    if (refused instanceof UnmatchedArgumentException unmatched) {
      return unexpected(unmatched.getUnmatched().get(0), line);
    }
    if (refused instanceof MissingParameterException missing) {
      return label(missing.getMissing().get(0)) + " is missing";
    }
    if (refused.getArgSpec() != null && refused.getCause() instanceof TypeConversionException why) {
      return label(refused.getArgSpec()) + " " + refused.getValue() + ": " + why.getMessage();
    }
    return refused.getMessage();
  }

  private static String unexpected(String argument, CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    if (argument.startsWith("-")) {
      return "unknown option "
          + argument
          + "; allowed are "
          + spec.options().stream()
              .map(OptionSpec::longestName)
              .sorted()
              .collect(Collectors.joining(", "));
    }
    return line.getSubcommands().isEmpty()
        ? "unexpected argument " + argument
        : "unknown verb " + argument + "; " + verbs(line);
  }

  static String verbs(CommandLine line) {
    return "allowed are " + String.join(", ", line.getSubcommands().keySet());
  }

  private static String label(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }
}
