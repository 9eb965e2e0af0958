package slipway.server.core.dump;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;
import slipway.dump.Attachable;
import slipway.dump.Attachments;
import slipway.dump.kept.Diagnostics;

/** The stacks of all threads. */
@Component
public final class AttachedThreads implements Attachable {

  @Override
  public String title() {
    return "threads";
  }

  @Override
  public void attach(Attachments to) throws Exception {
    to.text("threads.txt", Diagnostics.locks());
    Path folder = Files.createTempDirectory("slipway-threads"); // made with mode 0700
    Path file = folder.resolve("threads.json");
    try {
      Diagnostics.threads(file);
      try (OutputStream out = to.file("threads.json")) {
        Files.copy(file, out);
      }
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }
}
