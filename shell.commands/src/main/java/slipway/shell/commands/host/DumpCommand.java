package slipway.shell.commands.host;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import slipway.command.Call;
import slipway.command.CandidatesFor;
import slipway.command.Command;
import slipway.command.CommandException;
import slipway.command.CommandName;
import slipway.dump.Dumpable;

/** The command {@code dump}: what the parts of the host say about themselves. */
@Component
@CommandName(
    name = "dump",
    help =
        "Prints the live tree of the host for a fault report: its process, acceptors, "
            + "services, connections, event loops, threads, and what other bundles add.",
    order = 115)
public final class DumpCommand implements Command {

  /** How long a part may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<Dumpable> parts = new CopyOnWriteArrayList<>();
  private final Duration patience;

  /** For Declarative Services. */
  @Activate
  public DumpCommand() {
    this(PATIENCE);
  }

  /**
   * For tests.
   *
   * @param patience how long a part may take
   */
  DumpCommand(Duration patience) {
    this.patience = patience;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addPart(Dumpable part) {
    parts.add(part);
  }

  void removePart(Dumpable part) {
    parts.remove(part);
  }

  @Override
  public Object grammar(Call call) {
    return new Tree(
        parts.stream().sorted(Comparator.comparing(Dumpable::title)).toList(), patience, call);
  }

  @CommandLine.Command
  static final class Tree implements Callable<Void> {
    private final List<Dumpable> parts;
    private final Duration patience;
    private final Call call;

    @Parameters(
        paramLabel = "PART",
        arity = "0..*",
        description = "Only these parts, such as threads; quote a name that has a space.")
    private List<String> chosen = List.of();

    Tree(List<Dumpable> parts, Duration patience, Call call) {
      this.parts = parts;
      this.patience = patience;
      this.call = call;
    }

    @CandidatesFor("PART")
    List<String> titles() {
      return parts.stream().map(Dumpable::title).distinct().toList();
    }

    @Override
    public Void call() throws CommandException, InterruptedException {
      for (String title : chosen) {
        if (!titles().contains(title)) {
          throw new CommandException(
              "dump: PART " + title + ": allowed are " + String.join(", ", titles()));
        }
      }
      for (Dumpable part : parts) {
        if (chosen.isEmpty() || chosen.contains(part.title())) {
          call.waits("the part " + part.title());
          call.out().print(DumpedPart.of(part, patience));
        }
      }
      return null;
    }
  }
}
