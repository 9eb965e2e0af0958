package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryStoreTest {

  @TempDir private Path home;
  private Path folder;
  private Path lib;
  private LibraryStore store;

  @BeforeEach
  void make() throws IOException {
    folder = home.resolve("libraries");
    lib = Jars.library(home.resolve("lib.jar"), "1.0.0");
    store = new LibraryStore(folder);
  }

  /** As after a restart. */
  private LibraryStore again() {
    return new LibraryStore(folder);
  }

  private List<String> jars() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .toList();
    }
  }

  @Test
  void whatAFileWasIsFoundAfterARestart() throws IOException {
    ServiceJar kept = store.keep(ServiceJar.read(lib));
    store.retain(Map.of(lib, kept.digest()));
    assertThat(again().kept(lib)).contains(kept);
    assertThat(again().kept(home.resolve("other.jar"))).isEmpty();
  }

  @Test
  void whatIsNotInstalledAnyMoreIsDropped() throws IOException {
    ServiceJar first = store.keep(ServiceJar.read(lib));
    Path other = Jars.library(home.resolve("other.jar"), "2.0.0");
    ServiceJar second = store.keep(ServiceJar.read(other));
    store.retain(Map.of(lib, first.digest(), other, second.digest()));
    assertThat(jars()).hasSize(2);
    store.retain(Map.of(other, second.digest()));
    assertThat(jars()).containsExactly(second.digest() + ".jar");
    assertThat(again().kept(lib)).isEmpty();
  }

  @Test
  void aCopyThatIsDamagedIsNoCopy() throws IOException {
    ServiceJar kept = store.keep(ServiceJar.read(lib));
    store.retain(Map.of(lib, kept.digest()));
    Jars.library(kept.file(), "2.0.0");
    assertThatThrownBy(() -> again().kept(lib)).hasMessage("its copy has another content");
    Files.writeString(kept.file(), "no jar");
    assertThatThrownBy(() -> again().kept(lib)).hasMessageStartingWith("it is no jar");
  }

  @Test
  void aLineThatCannotBeReadCostsThatLine() throws IOException {
    ServiceJar kept = store.keep(ServiceJar.read(lib));
    Files.writeString(
        folder.resolve("files"),
        "../../passwords\tother.jar\n\nx\n" + kept.digest() + "\tlib.jar\n");
    assertThat(again().kept(lib)).contains(kept);
    assertThat(again().kept(home.resolve("other.jar"))).isEmpty();
  }

  @Test
  void withoutALibraryNothingIsWritten() {
    store.retain(Map.of());
    assertThat(folder).doesNotExist();
  }
}
