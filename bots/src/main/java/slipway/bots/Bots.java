package slipway.bots;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import slipway.bots.PacketOptions.Codec;
import slipway.bots.PacketOptions.Framing;
import slipway.bots.link.Target;
import slipway.bots.world.Mix;
import slipway.config.Durations;

/** The command line of the bots, and its exit codes: 0, 1 if something is wrong, 64 for usage. */
@Command(
    name = "slipway bots",
    description = "Test clients that prove a packet server.",
    subcommands = {EchoVerb.class, PublishVerb.class, AttackVerb.class, WorldVerb.class})
final class Bots implements Runnable {

  private static final int FAILED = 1;
  private static final int USAGE = 64;
  private static final int WIDTH = 80;

  private final PrintStream out;
  private final PrintStream err;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  private boolean help;

  /** Bots that speak to these streams. */
  Bots(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Does what the arguments say; gives the exit code. */
  int run(String... arguments) {
    CommandLine line = new CommandLine(this);
    line.getSubcommands().values().forEach(verb -> ((Verb) verb.getCommand()).speaksTo(out, err));
    return line.setExpandAtFiles(false)
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setUsageHelpWidth(WIDTH)
        .registerConverter(Target.class, allowed(Target::parse))
        .registerConverter(Sizes.class, allowed(Sizes::parse))
        .registerConverter(Mix.class, allowed(Mix::parse))
        .registerConverter(Octet.class, allowed(Octet::parse))
        .registerConverter(Duration.class, allowed(Bots::duration))
        .registerConverter(Framing.class, allowed(text -> Words.parse(Framing.class, text)))
        .registerConverter(Codec.class, allowed(text -> Words.parse(Codec.class, text)))
        .registerConverter(int.class, allowed(Bots::number))
        .setOut(new PrintWriter(out, true))
        .setParameterExceptionHandler(this::refuse)
        .setExecutionExceptionHandler(this::fail)
        .execute(arguments);
  }

  @Override
  public void run() {
    CommandLine line = spec.commandLine();
    throw new ParameterException(line, "a verb is missing; " + Refusal.verbs(line));
  }

  private int refuse(ParameterException refused, String[] arguments) {
    err.println(Refusal.of(refused));
    return USAGE;
  }

  private int fail(Exception failed, CommandLine line, CommandLine.ParseResult parsed) {
    String why = failed.getMessage() == null ? failed.toString() : failed.getMessage();
    err.println(
        "slipway: "
            + line.getCommandSpec().qualifiedName().replaceFirst("^slipway ", "")
            + ": "
            + why);
    return FAILED;
  }

  private static <T> CommandLine.ITypeConverter<T> allowed(Function<String, T> reading) {
    return text -> {
      try {
        return reading.apply(text);
      } catch (IllegalArgumentException refused) {
        throw new TypeConversionException(refused.getMessage());
      }
    };
  }

  private static Duration duration(String text) {
    return Durations.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("allowed is " + Durations.FORM));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException("allowed is a whole number");
    }
  }
}
