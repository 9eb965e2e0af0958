package slipway.server.config;

import java.io.File;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the files of {@code conf/} over from File Install, which watches the folder. File Install
 * asks the installer with the highest ranking first, so that its own never sees them.
 *
 * <p>File Install must not see a failure: it would forget the file and not tell of its end.
 */
@Component(immediate = true, property = Constants.SERVICE_RANKING + ":Integer=" + Integer.MAX_VALUE)
public final class ConfInstaller implements ArtifactInstaller {

  private static final Logger LOG = LoggerFactory.getLogger(ConfInstaller.class);

  private final Store store;

  /** For Declarative Services. */
  @Activate
  public ConfInstaller(@Reference Store store) {
    this.store = store;
  }

  /** Hidden files too, so that nobody else takes an editor's {@code .x.cfg} for a configuration. */
  @Override
  public boolean canHandle(File file) {
    String name = file.getName();
    return (name.endsWith(".cfg") || name.endsWith(".config") || name.equals(ConfFile.INI))
        && store.holds(file.toPath());
  }

  @Override
  public void install(File file) {
    look(file);
  }

  @Override
  public void update(File file) {
    look(file);
  }

  @Override
  public void uninstall(File file) {
    look(file);
  }

  /** What the watcher saw may be old by now: what counts is the file as it is. */
  private void look(File file) {
    try {
      store.changed(file.getName());
    } catch (RuntimeException failure) {
      LOG.error("{} cannot be taken into force", ConfFolder.shown(file.getName()), failure);
    }
  }
}
