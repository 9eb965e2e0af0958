package slipway.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The jars of the last release, which are kept in the repository. */
final class Releases {

  private Releases() {}

  /** The jar of a bundle. */
  static Path jar(String bundle) throws IOException {
    Path folder = Path.of(System.getProperty("slipway.project")).resolve("releases");
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.filter(jar -> jar.getFileName().toString().matches(bundle + "-[0-9.]+[.]jar"))
          .findFirst()
          .orElseThrow();
    }
  }
}
