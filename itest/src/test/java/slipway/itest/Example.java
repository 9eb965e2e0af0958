package slipway.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** A service of those that the documents speak of. */
final class Example {

  private Example() {}

  /** Its jar, as the build has made it. */
  static Path jar(String name) throws IOException {
    Path target = Path.of(System.getProperty("slipway.project"), "examples", name, "target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().matches("slipway.*[0-9]\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Copies its jar into a folder, as NAME.jar, which is whole from the beginning. */
  static void into(Path services, String name) throws IOException {
    Path part = Files.copy(jar(name), services.resolve(name + ".part"));
    Files.move(part, services.resolve(name + ".jar"), StandardCopyOption.ATOMIC_MOVE);
  }
}
