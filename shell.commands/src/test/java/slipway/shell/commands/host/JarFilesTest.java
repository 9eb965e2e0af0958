package slipway.shell.commands.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarFilesTest {

  @TempDir Path home;

  @BeforeEach
  void fillHome() throws IOException {
    Files.createDirectories(home.resolve("services/.hidden"));
    Files.createDirectories(home.resolve("conf"));
    for (String file :
        List.of("services/echo.jar", "services/rand.jar", "services/rand.txt", "edge.jar")) {
      Files.createFile(home.resolve(file));
    }
  }

  @Test
  void where_nothing_is_typed_the_jars_of_services_come_first() {
    assertThat(JarFiles.candidates("", home))
        .containsExactly(
            "services/echo.jar", "services/rand.jar", "conf/", "edge.jar", "services/");
  }

  @Test
  void a_path_grows_folder_by_folder() {
    assertThat(JarFiles.candidates("ser", home)).containsExactly("services/");
    assertThat(JarFiles.candidates("services/r", home)).containsExactly("services/rand.jar");
    assertThat(JarFiles.candidates("services/.", home)).containsExactly("services/.hidden/");
    assertThat(JarFiles.candidates("./services/e", home)).containsExactly("./services/echo.jar");
  }

  @Test
  void an_absolute_path_does_not_count_from_anywhere() {
    assertThat(JarFiles.candidates(home + "/e", Path.of("/"))).containsExactly(home + "/edge.jar");
  }

  @Test
  void what_cannot_be_read_completes_nothing() {
    assertThat(JarFiles.candidates("nowhere/", home)).isEmpty();
    assertThat(JarFiles.candidates("edge.jar/", home)).isEmpty();
    assertThat(JarFiles.candidates("\0", home)).isEmpty();
    assertThat(JarFiles.candidates("https://example.org/", home)).isEmpty();
  }
}
