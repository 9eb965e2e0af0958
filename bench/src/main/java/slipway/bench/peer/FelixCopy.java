package slipway.bench.peer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A folder with bundles that hold nothing, and a bare framework to start them. */
public final class FelixCopy implements Startable {

  private final Path distribution;
  private final Path home = Files.createTempDirectory("slipway-bench");
  private final int port = Host.freePort();

  /** Makes so many bundles. */
  public FelixCopy(Path distribution, int bundles) throws IOException {
    this.distribution = distribution;
    Path folder = Files.createDirectory(home.resolve("bundle"));
    for (int i = 0; i < bundles; i++) {
      Manifest manifest = new Manifest();
      Attributes main = manifest.getMainAttributes();
      main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
      main.putValue("Bundle-ManifestVersion", "2");
      main.putValue("Bundle-SymbolicName", "empty" + i);
      main.putValue("Bundle-Version", "1.0.0");
      try (OutputStream file = Files.newOutputStream(folder.resolve("empty" + i + ".jar"));
          JarOutputStream jar = new JarOutputStream(file, manifest)) {
        jar.finish();
      }
    }
  }

  @Override
  public int port() {
    return port;
  }

  /** With a class archive of its own, as the host has; it is written when the first one ends. */
  @Override
  public Process launch() throws IOException {
    List<String> command = new ArrayList<>(Java.command(distribution));
    command.addAll(
        List.of(
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + home.resolve("felix.jsa"),
            "-Xlog:disable",
            "-cp",
            System.getProperty("java.class.path"),
            "slipway.bench.server.BareFelix",
            home.resolve("bundle").toString(),
            home.resolve("cache").toString(),
            Integer.toString(port)));
    return Children.start(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("bench.out").toFile()));
  }

  @Override
  public void close() throws IOException {
    Folders.delete(home);
  }
}
