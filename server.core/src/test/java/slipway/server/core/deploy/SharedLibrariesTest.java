package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import slipway.server.core.life.BundleFramework;

/** Who uses what, in a real framework: a bundle named c uses b, which uses a. */
@Timeout(60)
class SharedLibrariesTest {

  @TempDir private Path home;
  private BundleFramework framework;
  private final Map<Bundle, Deployed> services = new HashMap<>();
  private SharedLibraries libraries;
  private Library library;
  private Bundle between;
  private Bundle last;

  @BeforeEach
  void install() throws Exception {
    framework = new BundleFramework(home.resolve("cache"));
    libraries =
        new SharedLibraries(
            new Wiring(framework.context()),
            new LibraryStore(home.resolve("libraries")),
            bundle -> Optional.ofNullable(services.get(bundle)));
    ServiceJar jar = ServiceJar.read(Jars.library(home.resolve("a.jar"), "1.0.0"));
    Bundle shared = framework.install("a", Map.of("Export-Package", "a"), "");
    library = new Library(shared, libraries.keep(jar));
    libraries.put(jar.file(), library);
    between = framework.install("b", Map.of("Import-Package", "a", "Export-Package", "b"), "");
    last = framework.install("c", Map.of("Import-Package", "b"), "");
    framework.install("d", Map.of(), "").start();
    last.start();
  }

  @AfterEach
  void end() throws Exception {
    framework.end();
  }

  private void isService(Bundle bundle, String name) throws Exception {
    ServiceJar jar = ServiceJar.read(Jars.service(home.resolve(name + ".jar"), name, "1.0.0"));
    services.put(bundle, new Deployed(jar.file(), jar, bundle, null, new CompletableFuture<>()));
  }

  @Test
  void whatUsesALibraryOverOthersIsRefreshedWithIt() {
    assertThat(libraries.users(library)).containsExactly(between, last);
  }

  @Test
  void usersAreKnownByTheirServicesAndElseByTheirSymbolicNames() throws Exception {
    isService(last, "a-service");
    List<Bundle> users = libraries.users(library);
    assertThat(libraries.names(users)).containsExactly("a-service", "b");
    assertThat(libraries.services(users)).containsExactly("a-service");
  }

  @Test
  void aUserThatIsNeitherAServiceNorALibraryCameFromElsewhere() throws Exception {
    isService(last, "say");
    assertThat(libraries.outsiders(libraries.users(library))).containsExactly(between);
    libraries.put(home.resolve("b.jar"), new Library(between, library.jar()));
    assertThat(libraries.outsiders(libraries.users(library))).isEmpty();
  }

  @Test
  void aLibraryIsFoundByItsContentAndByItsNameAlsoAfterARename() {
    Path name = home.resolve("a-1.jar");
    assertThat(libraries.rename(home.resolve("a.jar"), name)).isTrue();
    assertThat(libraries.rename(home.resolve("a.jar"), name)).isFalse();
    assertThat(libraries.file(library.jar().digest())).contains(name);
    assertThat(libraries.named(library.jar().symbolicName())).contains(name);
  }

  @Test
  void copiesAreDroppedOnlyWhenAStartHasHadThem() throws Exception {
    ServiceJar other = ServiceJar.read(Jars.library(home.resolve("other.jar"), "2.0.0"));
    Path copy = libraries.keep(other).file();
    libraries.save();
    assertThat(copy).exists();
    libraries.complete();
    assertThat(copy).doesNotExist();
    assertThat(library.jar().file()).exists();
  }

  @Test
  void aDamagedCopyIsMadeAnewFromTheFileBeforeItsLibraryIsReplaced() throws Exception {
    Files.writeString(library.jar().file(), "half a j");
    libraries.secure(library, home.resolve("a.jar"));
    assertThat(library.jar().file()).hasSameBinaryContentAs(home.resolve("a.jar"));
  }

  @Test
  void aLibraryThatCouldNotBePutBackStays() throws Exception {
    Files.writeString(library.jar().file(), "half a j");
    Jars.library(home.resolve("a.jar"), "2.0.0");
    assertThatThrownBy(() -> libraries.secure(library, home.resolve("a.jar")))
        .hasMessageStartingWith("test 1.0.0 stays, as its copy in var/versions is damaged");
  }
}
