package slipway.shell.commands.desk;

import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;
import slipway.command.CommandException;
import slipway.command.Text;

/** Says in one line what is wrong with a command's arguments, and what is allowed. */
final class Refusal {

  private Refusal() {}

  static CommandException of(ParameterException refused) {
    CommandLine line = refused.getCommandLine();
    String command = line.getCommandSpec().qualifiedName();
    return new CommandException(
        command + ": " + problem(refused, line) + "; see: " + command + " --help", refused);
  }

  private static String problem(ParameterException refused, CommandLine line) {
    if (refused instanceof UnmatchedArgumentException unmatched) {
      return unexpected(unmatched.getUnmatched().get(0), line);
    }
    if (refused instanceof MissingParameterException missing) {
      return missing(missing.getMissing().get(0), line);
    }
    if (refused.getArgSpec() != null && refused.getValue() != null) {
      return label(refused.getArgSpec())
          + " "
          + Text.quoted(refused.getValue())
          + ": "
          + allowed(refused, line);
    }
    return Text.line(refused.getMessage());
  }

  private static String missing(ArgSpec missing, CommandLine line) {
    return missing instanceof OptionSpec option
        ? option.paramLabel() + " is missing after " + label(option)
        : label(missing) + " is missing; allowed is " + synopsis(line);
  }

  private static String allowed(ParameterException refused, CommandLine line) {
    if (refused.getArgSpec() instanceof OptionSpec option && option.arity().max() == 0) {
      return "allowed is " + option.longestName() + " without a value";
    }
    return refused.getCause() instanceof TypeConversionException conversion
        ? conversion.getMessage()
        : "allowed is " + synopsis(line);
  }

  private static String unexpected(String argument, CommandLine line) {
    if (argument.startsWith("-")) {
      // without its value, which may be a password
      String option = argument.replaceFirst("=.*", "");
      return "unknown option " + Text.quoted(option) + "; " + options(line);
    }
    String shown = Text.quoted(argument);
    return line.getSubcommands().isEmpty()
        ? "unexpected argument " + shown + "; allowed is " + synopsis(line)
        : "unknown verb " + shown + "; " + verbs(line);
  }

  static String verbs(CommandLine line) {
    return line.getSubcommands().keySet().stream()
        .sorted()
        .collect(Collectors.joining(", ", "allowed are ", ""));
  }

  private static String options(CommandLine line) {
    return line.getCommandSpec().options().stream()
        .map(OptionSpec::longestName)
        .sorted()
        .collect(Collectors.joining(", ", "allowed are ", ""));
  }

  private static String synopsis(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    return spec.qualifiedName()
        + spec.positionalParameters().stream()
            .filter(parameter -> !parameter.hidden())
            .map(parameter -> " " + parameter.paramLabel())
            .collect(Collectors.joining());
  }

  private static String label(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName()
        : ((PositionalParamSpec) argument).paramLabel();
  }
}
