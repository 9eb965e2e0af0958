package slipway.examples.figures;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.command.Call;
import slipway.command.CandidatesFor;
import slipway.command.Column;
import slipway.command.Command;
import slipway.command.CommandException;
import slipway.command.CommandName;
import slipway.command.Form;
import slipway.command.Table;

/** The command {@code figures}: all of a bundle that brings a command and nothing else. */
@Component
@CommandName(name = "figures", help = "Shows figures of the host's process.")
public final class FiguresCommand implements Command {

  private static final Table<Map.Entry<String, Long>> FIGURES =
      Table.of(
          new Column<>("Figure", "figure", Map.Entry::getKey),
          new Column<>("Value", "value", Map.Entry::getValue));

  @Override
  public Object grammar(Call call) {
    return new Figures(call);
  }

  /** One call. */
  @CommandLine.Command
  static final class Figures implements Callable<Void> {
    private final Call call;

    @Parameters(paramLabel = "FIGURE", arity = "0..1", description = "Only this one.")
    private String figure;

    @Option(names = "--json", description = "Writes one JSON array.")
    private boolean json;

    Figures(Call call) {
      this.call = call;
    }

    @CandidatesFor("FIGURE")
    List<String> names() {
      return List.copyOf(figures().keySet());
    }

    @Override
    public Void call() throws CommandException {
      Map<String, Long> all = figures();
      if (figure != null && !all.containsKey(figure)) {
        throw new CommandException(
            "figures: FIGURE " + figure + ": allowed are " + String.join(", ", all.keySet()));
      }
      call.show(
          FIGURES,
          all.entrySet().stream()
              .filter(each -> figure == null || each.getKey().equals(figure))
              .toList(),
          Form.json(json));
      return null;
    }

    private static Map<String, Long> figures() {
      return new TreeMap<>(
          Map.of(
              "heap.bytes",
              ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
              "threads",
              (long) ManagementFactory.getThreadMXBean().getThreadCount(),
              "uptime.millis",
              ManagementFactory.getRuntimeMXBean().getUptime()));
    }
  }
}
