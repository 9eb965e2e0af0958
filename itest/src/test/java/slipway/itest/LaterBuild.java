package slipway.itest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;

/** A bundle with another version number, as a later build of it would be. */
final class LaterBuild {

  private LaterBuild() {}

  /** Writes one into a folder. */
  static Path of(Path bundle, String version, Path folder) throws IOException {
    Path jar = folder.resolve(version + ".jar");
    try (InputStream in = Files.newInputStream(bundle);
        JarInputStream from = new JarInputStream(in);
        OutputStream out = Files.newOutputStream(jar)) {
      from.getManifest().getMainAttributes().putValue("Bundle-Version", version);
      try (JarOutputStream to = new JarOutputStream(out, from.getManifest())) {
        for (JarEntry entry = from.getNextJarEntry();
            entry != null;
            entry = from.getNextJarEntry()) {
          to.putNextEntry(new JarEntry(entry.getName()));
          from.transferTo(to);
        }
      }
    }
    return jar;
  }
}
