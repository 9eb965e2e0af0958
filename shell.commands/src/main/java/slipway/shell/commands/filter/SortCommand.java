package slipway.shell.commands.filter;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Comparator;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code sort}. */
@Component
@CommandName(name = "sort", help = "Sorts the lines.", order = 190)
public final class SortCommand implements Command {

  /** For Declarative Services. */
  public SortCommand() {}

  @Override
  public Object grammar(Call call) {
    return new Sort(call);
  }

  @CommandLine.Command
  static final class Sort implements Callable<Void> {
    private final Call call;

    @Option(
        names = {"-r", "--reverse"},
        description = "In reverse order.")
    private boolean reversed;

    Sort(Call call) {
      this.call = call;
    }

    @Override
    public Void call() throws IOException {
      Comparator<String> order = Comparator.naturalOrder();
      try (BufferedReader lines = Lines.of(call)) {
        lines
            .lines()
            .sorted(reversed ? order.reversed() : order)
            .forEach(line -> call.out().print(line + "\n"));
      }
      return null;
    }
  }
}
