package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import slipway.server.core.life.BundleFramework;

@Timeout(60)
class InstalledTest {

  @TempDir private Path home;
  private final Installed installed = new Installed();
  private BundleFramework framework;
  private Path file;
  private Deployed first;
  private Deployed second;

  @BeforeEach
  void install() throws Exception {
    framework = new BundleFramework(home.resolve("cache"));
    file = home.resolve("say.jar");
    first = deployed("1.0.0");
    second = deployed("2.0.0");
  }

  @AfterEach
  void end() throws Exception {
    framework.end();
  }

  private Deployed deployed(String version) throws Exception {
    ServiceJar jar = ServiceJar.read(Jars.service(file, "say", version));
    Bundle bundle = framework.install("say-" + version, Map.of(), "");
    Deployed deployed = new Deployed(file, jar, bundle, null, new CompletableFuture<>());
    installed.put(deployed);
    return deployed;
  }

  @Test
  void whatIsInstalledServesOnlyWhenThatIsSaid() {
    assertThat(installed.of("say")).containsExactly(first, second);
    assertThat(installed.serving("say")).isEmpty();
    installed.serves(first);
    installed.serves(second);
    assertThat(installed.serving("say")).contains(second);
    assertThat(installed.serving(file)).contains(second);
    assertThat(installed.before(second)).containsExactly(first);
  }

  @Test
  void aVersionThatDoesNotServeCannotEndWhatDoes() {
    installed.serves(second);
    assertThat(installed.endServing(first)).isFalse();
    installed.remove(first);
    assertThat(installed.serving("say")).contains(second);
    assertThat(installed.endServing(second)).isTrue();
    assertThat(installed.serving("say")).isEmpty();
    assertThat(installed.find(second.bundle().getBundleId())).contains(second);
  }

  @Test
  void aFileWithAnotherNameHasAllItsVersions() {
    Path name = home.resolve("say-1.jar");
    installed.serves(second);
    installed.replace(file, deployed -> deployed.in(name));
    assertThat(installed.of(file)).isEmpty();
    assertThat(installed.of(name)).containsExactly(first.in(name), second.in(name));
    assertThat(installed.serving(name)).contains(second.in(name));
  }

  @Test
  void bundlesThatAreUninstalledAreNotRefreshed() throws Exception {
    first.bundle().uninstall();
    assertThat(installed.bundles("say")).containsExactly(second.bundle());
  }
}
