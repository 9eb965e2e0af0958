package slipway.shell.commands.filter;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code head}. */
@Component
@CommandName(name = "head", help = "Shows the first lines.", order = 170)
public final class HeadCommand implements Command {

  /** For Declarative Services. */
  public HeadCommand() {}

  @Override
  public Object grammar(Call call) {
    return new Head(call);
  }

  @CommandLine.Command
  static final class Head implements Callable<Void> {
    private final Call call;

    @Option(
        names = {"-n", "--lines"},
        paramLabel = "N",
        converter = LineCount.Converter.class,
        defaultValue = "10",
        description = "How many lines; the default is ${DEFAULT-VALUE}.")
    private LineCount count;

    Head(Call call) {
      this.call = call;
    }

    @Override
    public Void call() throws IOException {
      try (BufferedReader lines = Lines.of(call)) {
        for (int i = 0; i < count.value(); i++) {
          String line = lines.readLine();
          if (line == null) {
            break;
          }
          call.out().print(line + "\n");
        }
      }
      return null;
    }
  }
}
