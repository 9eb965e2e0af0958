package slipway.shell.commands.filter;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code tail}. */
@Component
@CommandName(name = "tail", help = "Shows the last lines.", order = 180)
public final class TailCommand implements Command {

  /** For Declarative Services. */
  public TailCommand() {}

  @Override
  public Object grammar(Call call) {
    return new Tail(call);
  }

  @CommandLine.Command
  static final class Tail implements Callable<Void> {
    private final Call call;

    @Option(
        names = {"-n", "--lines"},
        paramLabel = "N",
        converter = LineCount.Converter.class,
        defaultValue = "10",
        description = "How many lines; the default is ${DEFAULT-VALUE}.")
    private LineCount count;

    Tail(Call call) {
      this.call = call;
    }

    @Override
    public Void call() throws IOException {
      Deque<String> last = new ArrayDeque<>();
      try (BufferedReader lines = Lines.of(call)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          last.addLast(line);
          if (last.size() > count.value()) {
            last.removeFirst();
          }
        }
      }
      last.forEach(line -> call.out().print(line + "\n"));
      return null;
    }
  }
}
