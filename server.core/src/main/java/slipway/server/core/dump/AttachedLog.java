package slipway.server.core.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import slipway.dump.Attachable;
import slipway.dump.Attachments;
import slipway.dump.kept.Tail;

/** The end of the log, and of what the host has printed. */
@Component
public final class AttachedLog implements Attachable {

  private static final long LOG = 4L << 20;

  private final Path folder;

  /** For Declarative Services. */
  @Activate
  public AttachedLog(BundleContext context) {
    this(HostHome.of(context).resolve("var").resolve("log"));
  }

  AttachedLog(Path folder) {
    this.folder = folder;
  }

  @Override
  public String title() {
    return "log";
  }

  @Override
  public void attach(Attachments to) throws IOException {
    tail(to, "slipway*.log", "log/slipway.log", LOG);
    tail(to, "host.out*", "log/host.out", Tail.BYTES);
  }

  private void tail(Attachments to, String glob, String name, long most) throws IOException {
    try (OutputStream out = to.file(name)) {
      Tail.copy(folder, glob, most, out);
    } catch (NoSuchFileException none) {
      // as in the foreground, or without a log in a file
    }
  }
}
