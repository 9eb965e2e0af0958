package slipway.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceBundleTest {

  @TempDir private Path folder;

  @Test
  void itHasAllOfItsClassesAndSaysWhatItIs() throws IOException {
    Path made = ServiceBundle.FRAMES.make(folder);
    try (JarFile jar = new JarFile(made.toFile())) {
      assertThat(jar.stream().map(JarEntry::getName))
          .containsExactlyInAnyOrder(
              "META-INF/MANIFEST.MF",
              "OSGI-INF/slipway.bench.world.FrameService.xml",
              "slipway/bench/world/FrameService.class",
              "slipway/bench/world/FrameWorld.class");
      assertThat(jar.getManifest().getMainAttributes().getValue("Service-Component"))
          .isEqualTo("OSGI-INF/slipway.bench.world.FrameService.xml");
      byte[] component =
          jar.getInputStream(jar.getEntry("OSGI-INF/slipway.bench.world.FrameService.xml"))
              .readAllBytes();
      assertThat(new String(component, StandardCharsets.UTF_8))
          .contains("name=\"slipway.service.name\" type=\"String\" value=\"frames\"")
          .contains("<implementation class=\"slipway.bench.world.FrameService\"/>");
    }
  }
}
