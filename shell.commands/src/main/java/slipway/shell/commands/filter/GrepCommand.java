package slipway.shell.commands.filter;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code grep}. */
@Component
@CommandName(name = "grep", help = "Shows the lines that match a regular expression.", order = 160)
public final class GrepCommand implements Command {

  /** For Declarative Services. */
  public GrepCommand() {}

  @Override
  public Object grammar(Call call) {
    return new Grep(call);
  }

  @CommandLine.Command
  static final class Grep implements Callable<Void> {
    private final Call call;

    @Parameters(
        paramLabel = "EXPRESSION",
        converter = ToPattern.class,
        description = "A Java regular expression; upper and lower case differ.")
    private Pattern expression;

    @Option(
        names = {"-v", "--invert"},
        description = "The other lines.")
    private boolean inverted;

    Grep(Call call) {
      this.call = call;
    }

    @Override
    public Void call() throws IOException {
      try (BufferedReader lines = Lines.of(call)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (expression.matcher(line).find() != inverted) {
            call.out().print(line + "\n");
          }
        }
      }
      return null;
    }
  }

  static final class ToPattern implements ITypeConverter<Pattern> {
    @Override
    public Pattern convert(String text) {
      try {
        return Pattern.compile(text);
      } catch (PatternSyntaxException wrong) {
        throw new TypeConversionException(
            "allowed is a regular expression, in which a character such as ( needs a \\ before it");
      }
    }
  }
}
