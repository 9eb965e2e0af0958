package slipway.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Versions of a service that differ in nothing but their version. */
public final class ServiceVersions {

  private ServiceVersions() {}

  /** Copies a distribution's service bundle, with another version in its manifest. */
  public static Path make(Path distribution, String service, String version, Path folder)
      throws IOException {
    Path made = folder.resolve(service + "-" + version + ".jar");
    try (JarFile source = new JarFile(find(distribution, service).toFile())) {
      Manifest manifest = source.getManifest();
      manifest.getMainAttributes().putValue("Bundle-Version", version);
      try (OutputStream file = Files.newOutputStream(made);
          JarOutputStream jar = new JarOutputStream(file, manifest)) {
        for (JarEntry entry : Collections.list(source.entries())) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            jar.putNextEntry(new JarEntry(entry.getName()));
            try (InputStream content = source.getInputStream(entry)) {
              content.transferTo(jar);
            }
            jar.closeEntry();
          }
        }
      }
    }
    return made;
  }

  private static Path find(Path distribution, String service) throws IOException {
    try (Stream<Path> jars = Files.list(distribution.resolve("services"))) {
      return jars.filter(
              jar -> jar.getFileName().toString().matches("(.*\\.)?" + service + "(-.*)?\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("no service bundle " + service));
    }
  }
}
