package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import slipway.server.core.life.BundleFramework;
import slipway.server.core.life.ServiceControl;
import slipway.server.core.life.ShippedLibraries;
import slipway.server.core.unload.Unloads;

/** Libraries in a real framework. */
@Timeout(60)
class LibrariesTest {

  @TempDir private Path home;
  private BundleFramework framework;
  private SharedLibraries shared;
  private Libraries libraries;
  private Path file;
  private Bundle bundle;

  @BeforeEach
  void install() throws Exception {
    framework = new BundleFramework(home.resolve("cache"));
    Executor thread = Runnable::run;
    ServiceControl control = new ServiceControl();
    Wiring wiring = new Wiring(framework.context());
    Unloads unloads =
        new Unloads(
            framework.context(),
            List.of(),
            type -> false,
            loader -> List.of(),
            Map::of,
            Clock.systemUTC());
    shared =
        new SharedLibraries(
            wiring, new LibraryStore(home.resolve("libraries")), user -> Optional.empty());
    libraries =
        new Libraries(
            framework.context(),
            control,
            thread,
            unloads,
            wiring,
            shared,
            new LibrarySwap(
                control,
                thread,
                unloads,
                new ShippedLibraries(framework.context()),
                wiring,
                shared));
    file = home.resolve("lib.jar");
    ServiceJar jar = ServiceJar.read(Jars.library(file, "1.0.0"));
    libraries.install(jar, file, false).join();
    bundle = shared.of(file).orElseThrow().bundle();
  }

  @AfterEach
  void end() throws Exception {
    framework.end();
  }

  @Test
  void aLibraryThatSomebodyElseHasUninstalledIsGoneWithItsFile() throws Exception {
    bundle.uninstall();
    assertThat(libraries.departed(file)).isEmpty();
    assertThat(shared.of(file)).isEmpty();
  }

  /** Another library uses it, which is stopped for it and has to be given it back. */
  @Test
  void aLibraryThatCouldNotBePutBackIsNotReplaced() throws Exception {
    Bundle user = framework.install("user", Map.of("Import-Package", "shared"), "");
    user.start();
    ServiceJar own = shared.of(file).orElseThrow().jar();
    shared.put(home.resolve("user.jar"), new Library(user, own));
    Files.writeString(own.file(), "half a j");
    ServiceJar next = ServiceJar.read(Jars.library(file, "2.0.0"));
    assertThatThrownBy(libraries.install(next, file, true)::join)
        .hasMessageContaining("test 1.0.0 stays, as its copy in var/versions is damaged");
    assertThat(bundle.getVersion()).hasToString("1.0.0");
    assertThat(user.getState()).isEqualTo(Bundle.ACTIVE);
  }
}
