package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Bundles that consist of a manifest; two with the same headers have the same bytes. */
final class Jars {

  private static final LocalDateTime MADE = LocalDateTime.of(2020, 1, 1, 0, 0);

  private Jars() {}

  static Path service(Path file, String name, String version) throws IOException {
    return with(
        file, version, Map.of("Provide-Capability", "slipway.service; name=\"" + name + "\""));
  }

  static Path library(Path file, String version) throws IOException {
    return with(file, version, Map.of("Export-Package", "shared"));
  }

  static Path with(Path file, String version, Map<String, String> more) throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", "test");
    headers.putValue("Bundle-Version", version);
    more.forEach(headers::putValue);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(part))) {
      ZipEntry entry = new ZipEntry(JarFile.MANIFEST_NAME);
      entry.setTimeLocal(MADE);
      jar.putNextEntry(entry);
      manifest.write(jar);
    }
    return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
