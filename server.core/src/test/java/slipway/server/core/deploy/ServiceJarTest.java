package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceJarTest {

  @TempDir private Path folder;

  private ServiceJar jar(String capabilities) throws IOException {
    return ServiceJar.read(
        Jars.with(folder.resolve("x.jar"), "1.0.0", Map.of("Provide-Capability", capabilities)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slipway.service; name=chess",
        "slipway.service;name:String=\"chess\"",
        "slipway.service;uses:=\"a,b\";name=chess;x:List<String>=\"c,d\"",
        "osgi.service;objectClass:List<String>=\"a.B,slipway.service\",slipway.service;name=chess",
        "a;name=other;filter:=\"(x=slipway.service;name=no)\",slipway.service;name='chess'",
      })
  void theNameIsReadAsTheFrameworkReadsIt(String capabilities) throws IOException {
    String plain = capabilities.replace("'", "\"");
    assertThat(jar(plain).service()).contains("chess");
  }

  @Test
  void aBundleWithoutTheCapabilityProvidesNoService() throws IOException {
    assertThat(jar("slipway.service.other;name=x").service()).isEmpty();
    assertThat(ServiceJar.read(Jars.library(folder.resolve("l.jar"), "1")).service()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"games/chess", "chess.dll", "../chess", "./chess", "a b", "-x", ".libraries", ""})
  void aNameThatIsNoneIsRefused(String name) {
    assertThatThrownBy(() -> jar("slipway.service;name=\"" + name + "\""))
        .isInstanceOf(ServiceJar.Unfit.class)
        .hasMessageContaining("its capability slipway.service has the name " + name + ":")
        .hasMessageContaining("allowed is a name of 1 to 64 letters");
  }

  @Test
  void aCapabilityWithoutANameIsRefused() {
    assertThatThrownBy(() -> jar("slipway.service"))
        .isInstanceOf(ServiceJar.Unfit.class)
        .hasMessageContaining("has no attribute name");
  }

  @Test
  void aJarThatIsNotWholeIsUnfitWhereverItEnds() throws IOException {
    Path whole = Jars.service(folder.resolve("whole.jar"), "chess", "1.0.0");
    byte[] bytes = Files.readAllBytes(whole);
    Path part = folder.resolve("part.jar");
    for (int length = 0; length < bytes.length; length++) {
      Files.write(part, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> ServiceJar.read(part)).isInstanceOf(ServiceJar.Unfit.class);
    }
  }

  @Test
  void aFileThatCannotBeReadIsNotUnfit() {
    assertThatThrownBy(() -> ServiceJar.read(folder.resolve("none.jar")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> ServiceJar.read(folder))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(ServiceJar.Unfit.class);
  }

  @Test
  void aServiceIsShownWithItsName() throws IOException {
    ServiceJar jar = jar("slipway.service;name=chess");
    assertThat(jar.shown()).isEqualTo("chess 1.0.0");
    assertThat(Optional.of(jar.digest())).contains(ServiceJar.digest(jar.file()));
  }
}
