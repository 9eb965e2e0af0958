package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Bundles that consist of a manifest. */
final class Jars {

  private Jars() {}

  static Path service(Path file, String name, String version) throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", "test." + name);
    headers.putValue("Bundle-Version", version);
    headers.putValue("Provide-Capability", "slipway.service; name=" + name);
    new JarOutputStream(Files.newOutputStream(file), manifest).close();
    return file;
  }
}
