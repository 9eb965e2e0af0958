package slipway.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceVersionsTest {

  @TempDir Path folder;

  @Test
  void aVersionDiffersInItsVersionAlone() throws Exception {
    Path services = Files.createDirectory(folder.resolve("services"));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", "a.echo");
    manifest.getMainAttributes().putValue("Bundle-Version", "0.1.0");
    try (JarOutputStream jar =
        new JarOutputStream(
            Files.newOutputStream(services.resolve("a.echo-0.1.0.jar")), manifest)) {
      jar.putNextEntry(new JarEntry("a/Echo.class"));
      jar.write(1);
      jar.closeEntry();
    }

    Path made = ServiceVersions.make(folder, "echo", "2.0.0", folder);

    try (JarFile jar = new JarFile(made.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Bundle-Version"))
          .isEqualTo("2.0.0");
      assertThat(jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"))
          .isEqualTo("a.echo");
      assertThat(jar.getInputStream(jar.getEntry("a/Echo.class")).readAllBytes())
          .containsExactly(1);
    }
  }
}
