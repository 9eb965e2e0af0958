package slipway.server.core.life;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The libraries that the host ships for services, in {@code library/}. They are installed together
 * the first time that something cannot be resolved: a host whose services need none of them starts
 * without reading one. They are never started, and the framework resolves those that are wanted.
 *
 * <p>May be used from any thread.
 */
@Component(service = ShippedLibraries.class)
public final class ShippedLibraries {

  private static final Logger LOG = LoggerFactory.getLogger(ShippedLibraries.class);

  private final BundleContext context;
  private final Path folder;
  private boolean installed;

  /** For Declarative Services. */
  @Activate
  public ShippedLibraries(BundleContext context) {
    this(context, home(context).resolve("library"));
  }

  /**
   * Makes the libraries of a folder, none of which is installed.
   *
   * @param folder that of their jars; it need not be there
   */
  ShippedLibraries(BundleContext context, Path folder) {
    this.context = context;
    this.folder = folder;
  }

  private static Path home(BundleContext context) {
    String property = context.getProperty("slipway.home");
    return Path.of(property == null ? "" : property).toAbsolutePath().normalize();
  }

  /** Resolves bundles, with the libraries if they cannot be without; whether all of them are. */
  public boolean resolve(List<Bundle> wanted) {
    FrameworkWiring wiring =
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    return wiring.resolveBundles(wanted) || install() && wiring.resolveBundles(wanted);
  }

  /**
   * Installs them, unless they are.
   *
   * @return whether any was installed by this call
   */
  public synchronized boolean install() {
    if (installed) {
      return false;
    }
    installed = true;
    int count = 0;
    for (Path jar : jars()) {
      try {
        // used where it lies; the framework decodes a plus as forms do, and a URI leaves it
        context.installBundle("reference:" + jar.toUri().toString().replace("+", "%2B"));
        count++;
      } catch (BundleException refused) {
        LOG.warn("{} cannot be installed: {}", jar, refused.getMessage());
      }
    }
    if (count > 0) {
      LOG.info("{}: installed {} libraries, as a service needs more than the host", folder, count);
    }
    return count > 0;
  }

  private List<Path> jars() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException unreadable) {
      LOG.warn("{} cannot be read: {}", folder, unreadable.toString());
      return List.of();
    }
  }
}
