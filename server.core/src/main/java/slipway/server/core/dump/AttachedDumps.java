package slipway.server.core.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import slipway.dump.Attachable;
import slipway.dump.Attachments;
import slipway.dump.kept.DumpFolder;
import slipway.dump.kept.KeptDump;

/** What is left of crashes and the like, except for heaps and recordings. */
@Component
public final class AttachedDumps implements Attachable {

  private static final List<String> FILES =
      List.of("event.txt", "error.log", "memory.txt", "threads.txt", "tree.txt");

  private final DumpFolder dumps;

  /** For Declarative Services. */
  @Activate
  public AttachedDumps(BundleContext context) {
    this(HostHome.dumps(context));
  }

  AttachedDumps(DumpFolder dumps) {
    this.dumps = dumps;
  }

  @Override
  public String title() {
    return "dumps";
  }

  @Override
  public void attach(Attachments to) throws IOException {
    for (KeptDump dump : dumps.all()) {
      for (String name : FILES) {
        Path file = dump.folder().resolve(name);
        if (Files.isRegularFile(file)) {
          try (OutputStream out = to.file("dump/" + dump.name() + "/" + name)) {
            Files.copy(file, out);
          }
        }
      }
    }
  }
}
