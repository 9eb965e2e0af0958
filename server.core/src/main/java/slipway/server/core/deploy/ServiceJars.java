package slipway.server.core.deploy;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.service.Service;

/**
 * Installs, updates and uninstalls the service bundles that File Install finds. It never starts
 * one: that is for the service's state to say. File Install would refresh every bundle that it
 * installs, and so stop a service that had just begun to serve.
 *
 * <p>Called by the watcher's thread.
 */
@Component
public final class ServiceJars implements ArtifactInstaller {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceJars.class);

  private final BundleContext context;

  /** For Declarative Services. */
  @Activate
  public ServiceJars(BundleContext context) {
    this.context = context;
  }

  /** Service bundles, and jars that cannot be read: those are told of once, by {@link #install}. */
  @Override
  public boolean canHandle(File artifact) {
    if (!artifact.getName().endsWith(".jar")) {
      return false;
    }
    try {
      String provided = provided(artifact);
      return provided != null && provided.contains(Service.NAMESPACE + ";");
    } catch (IOException notAJar) {
      return true;
    }
  }

  private static String provided(File artifact) throws IOException {
    try (JarFile jar = new JarFile(artifact)) {
      Manifest manifest = jar.getManifest();
      return manifest == null
          ? null
          : manifest.getMainAttributes().getValue(Constants.PROVIDE_CAPABILITY);
    }
  }

  @Override
  public void install(File artifact) throws IOException, BundleException {
    provided(artifact); // throws where it is no jar
    Bundle bundle = context.installBundle(location(artifact));
    LOG.info(
        "{}: installed {} {} as bundle {}",
        artifact.getName(),
        bundle.getSymbolicName(),
        bundle.getVersion(),
        bundle.getBundleId());
  }

  @Override
  public void update(File artifact) throws IOException, BundleException {
    Bundle bundle = context.getBundle(location(artifact));
    if (bundle == null) {
      install(artifact);
      return;
    }
    try (InputStream content = Files.newInputStream(artifact.toPath())) {
      bundle.update(content);
    }
    refresh(bundle);
    LOG.info(
        "{}: bundle {} is {} {} now",
        artifact.getName(),
        bundle.getBundleId(),
        bundle.getSymbolicName(),
        bundle.getVersion());
  }

  @Override
  public void uninstall(File artifact) throws BundleException {
    Bundle bundle = context.getBundle(location(artifact));
    if (bundle != null) {
      bundle.uninstall();
      refresh(bundle);
      LOG.info("{}: uninstalled bundle {}", artifact.getName(), bundle.getBundleId());
    }
  }

  /** Lets go what the bundle's former revisions hold; nobody else is wired to a service bundle. */
  private void refresh(Bundle bundle) {
    context
        .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
        .adapt(FrameworkWiring.class)
        .refreshBundles(List.of(bundle));
  }

  private static String location(File artifact) {
    return artifact.toURI().toString();
  }
}
