package slipway.server.core.dump;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import slipway.dump.Attachable;
import slipway.dump.Attachments;
import slipway.dump.kept.Versions;

/** Which jars lie in the host's folder. */
@Component
public final class AttachedVersions implements Attachable {

  private final Path home;

  /** For Declarative Services. */
  @Activate
  public AttachedVersions(BundleContext context) {
    this.home = HostHome.of(context);
  }

  @Override
  public String title() {
    return "versions";
  }

  @Override
  public void attach(Attachments to) throws IOException {
    to.text("versions.txt", Versions.of(home));
  }
}
