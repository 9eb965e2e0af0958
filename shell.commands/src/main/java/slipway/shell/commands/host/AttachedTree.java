package slipway.shell.commands.host;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import slipway.dump.Attachable;
import slipway.dump.Attachments;
import slipway.dump.Dumpable;

/** The live tree, as {@code dump} prints it. */
@Component
public final class AttachedTree implements Attachable {

  private final List<Dumpable> parts = new CopyOnWriteArrayList<>();

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addPart(Dumpable part) {
    parts.add(part);
  }

  void removePart(Dumpable part) {
    parts.remove(part);
  }

  @Override
  public String title() {
    return "tree";
  }

  @Override
  public void attach(Attachments to) throws Exception {
    StringBuilder text = new StringBuilder();
    List<Dumpable> sorted = parts.stream().sorted(Comparator.comparing(Dumpable::title)).toList();
    new DumpedTree(sorted, DumpCommand.PATIENCE).describe(List.of(), title -> {}, text::append);
    to.text("tree.txt", text.toString());
  }
}
