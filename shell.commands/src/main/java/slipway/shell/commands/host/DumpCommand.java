package slipway.shell.commands.host;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import slipway.admin.DumpAdmin;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;
import slipway.dump.Dumpable;

/**
 * The command {@code dump}: what the parts of the host say about themselves, and what is kept in
 * {@code var/dump}.
 */
@Component
@CommandName(
    name = "dump",
    help =
        "Prints the live tree of the host for a fault report, and makes and lists dumps: of its"
            + " heap, its threads, what it has recorded, or all that belongs into a report.",
    order = 115)
public final class DumpCommand implements Command {

  /** How long a part may take. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<Dumpable> parts = new CopyOnWriteArrayList<>();
  private final Duration patience;

  private final DumpAdmin admin;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public DumpCommand(@Reference(cardinality = ReferenceCardinality.OPTIONAL) DumpAdmin admin) {
    this(admin, PATIENCE);
  }

  /**
   * For tests.
   *
   * @param patience how long a part may take
   */
  DumpCommand(DumpAdmin admin, Duration patience) {
    this.admin = admin;
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
    List<Dumpable> sorted = parts.stream().sorted(Comparator.comparing(Dumpable::title)).toList();
    return new Dumps(new DumpedTree(sorted, patience), admin, call);
  }
}
