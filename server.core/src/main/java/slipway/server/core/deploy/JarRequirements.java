package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.apache.felix.utils.resource.ResourceBuilder;
import org.osgi.framework.BundleException;
import org.osgi.resource.Resource;

/** What a jar requires and provides as a bundle, read without installing it. */
final class JarRequirements {

  private JarRequirements() {}

  /**
   * Reads the manifest of a jar.
   *
   * @throws IOException if it cannot be read
   * @throws BundleException if a header is malformed
   */
  static Resource of(Path file) throws IOException, BundleException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    try (JarFile jar = new JarFile(file.toFile())) {
      Manifest manifest = jar.getManifest();
      if (manifest != null) {
        manifest
            .getMainAttributes()
            .forEach((name, value) -> headers.put(name.toString(), value.toString()));
      }
    }
    return ResourceBuilder.build(file.toUri().toString(), headers);
  }
}
