package slipway.shell.commands.filter;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code more}. */
@Component
@CommandName(
    name = "more",
    help = "Shows the text page by page, and asks before each one.",
    order = 200)
public final class MoreCommand implements Command {

  /** For Declarative Services. */
  public MoreCommand() {}

  @Override
  public Object grammar(Call call) {
    return new More(call);
  }

  @CommandLine.Command
  static final class More implements Callable<Void> {
    private final Call call;

    @Option(
        names = {"-n", "--lines"},
        paramLabel = "N",
        converter = LineCount.Converter.class,
        defaultValue = "22",
        description = "How many lines a page has; the default is ${DEFAULT-VALUE}.")
    private LineCount page;

    More(Call call) {
      this.call = call;
    }

    @Override
    public Void call() throws IOException, InterruptedException {
      try (BufferedReader lines = Lines.of(call)) {
        int left = page.value();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (left == 0) {
            Optional<String> answer = call.caller().answer("-- more; q ends --");
            if (answer.isPresent() && answer.get().strip().equalsIgnoreCase("q")) {
              break;
            }
            left = page.value();
          }
          call.out().print(line + "\n");
          left--;
        }
      }
      return null;
    }
  }
}
