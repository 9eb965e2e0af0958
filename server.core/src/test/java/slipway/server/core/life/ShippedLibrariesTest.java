package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Libraries that wait in a folder until something cannot be resolved without them. */
class ShippedLibrariesTest {

  @TempDir private Path cache;
  @TempDir private Path folder;
  private BundleFramework framework;
  private ShippedLibraries libraries;

  @BeforeEach
  void start() throws Exception {
    framework = new BundleFramework(cache);
    libraries = new ShippedLibraries(framework.context(), folder);
  }

  @AfterEach
  void stop() throws Exception {
    framework.end();
  }

  private void library(String name, Map<String, String> more) throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", name);
    more.forEach(headers::putValue);
    new JarOutputStream(Files.newOutputStream(folder.resolve(name + "+1.jar")), manifest).close();
  }

  private boolean resolves(String imports) throws Exception {
    Map<String, String> more = imports.isEmpty() ? Map.of() : Map.of("Import-Package", imports);
    return libraries.resolve(List.of(framework.install("service" + imports, more, "")));
  }

  /** The state of a library; 0 if it is not installed. */
  private int state(String name) {
    return Arrays.stream(framework.context().getBundles())
        .filter(bundle -> bundle.getSymbolicName().equals(name))
        .mapToInt(Bundle::getState)
        .findFirst()
        .orElse(0);
  }

  @Test
  void whatNeedsNoneInstallsNone() throws Exception {
    library("codec", Map.of("Export-Package", "codec"));
    assertThat(resolves("slipway.service")).isTrue();
    assertThat(state("codec")).isZero();
  }

  @Test
  void whatNeedsOneGetsItWithWhatThatOneNeedsAndNothingElseIsResolved() throws Exception {
    library("codec", Map.of("Export-Package", "codec", "Import-Package", "base"));
    library("base", Map.of("Export-Package", "base"));
    library("other", Map.of("Export-Package", "other"));
    assertThat(resolves("codec")).isTrue();
    assertThat(state("codec")).isEqualTo(Bundle.RESOLVED);
    assertThat(state("base")).isEqualTo(Bundle.RESOLVED);
    assertThat(state("other")).isEqualTo(Bundle.INSTALLED);
    assertThat(resolves("other")).isTrue();
  }

  @Test
  void whatNobodyHasIsStillMissing() throws Exception {
    library("codec", Map.of("Export-Package", "codec"));
    assertThat(resolves("absent")).isFalse();
    assertThat(resolves("codec")).isTrue();
  }

  @Test
  void theyAreInstalledOnce() throws Exception {
    library("codec", Map.of("Export-Package", "codec"));
    assertThat(libraries.install()).isTrue();
    assertThat(libraries.install()).isFalse();
  }

  @Test
  void oneThatIsNoBundleTakesNoOtherAlong() throws Exception {
    Files.writeString(folder.resolve("a.jar"), "no jar");
    library("codec", Map.of("Export-Package", "codec"));
    assertThat(resolves("codec")).isTrue();
  }

  @Test
  void aHostWithoutTheFolderHasNone() throws Exception {
    Files.delete(folder);
    assertThat(resolves("codec")).isFalse();
    Files.createDirectory(folder);
  }
}
