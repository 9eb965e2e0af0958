package slipway.shell.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarsTest {

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
    assertThat(Jars.candidates("", home))
        .containsExactly(
            "services/echo.jar", "services/rand.jar", "conf/", "edge.jar", "services/");
  }

  @Test
  void a_path_grows_folder_by_folder() {
    assertThat(Jars.candidates("ser", home)).containsExactly("services/");
    assertThat(Jars.candidates("services/r", home)).containsExactly("services/rand.jar");
    assertThat(Jars.candidates("services/.", home)).containsExactly("services/.hidden/");
    assertThat(Jars.candidates("./services/e", home)).containsExactly("./services/echo.jar");
  }

  @Test
  void an_absolute_path_does_not_count_from_anywhere() {
    assertThat(Jars.candidates(home + "/e", Path.of("/"))).containsExactly(home + "/edge.jar");
  }

  @Test
  void what_cannot_be_read_completes_nothing() {
    assertThat(Jars.candidates("nowhere/", home)).isEmpty();
    assertThat(Jars.candidates("edge.jar/", home)).isEmpty();
    assertThat(Jars.candidates("\0", home)).isEmpty();
    assertThat(Jars.candidates("https://example.org/", home)).isEmpty();
  }
}
