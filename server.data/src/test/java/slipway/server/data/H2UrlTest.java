package slipway.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.h2.Driver;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.config.InvalidConfiguration;

/**
 * Characters in the paths of H2's files that something on the way could take for something else.
 */
class H2UrlTest {

  private static final Path ODD = Path.of("/opt/a;b");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?",
        "#",
        "%41",
        "${user.home}",
        "$HOME",
        "~",
        "a:b",
        "mem:",
        "a=b",
        "a b",
        "a,b",
        "'",
        "\"",
        "*",
        "[a]",
        "{a}",
        "(a)",
        "!",
        "&",
        "@",
        "+",
        "é",
        "日本"
      })
  void theFileIsWhereItsPathSays(String name) throws Exception {
    Path home = Files.createDirectory(folder.resolve(name));
    open(DataUrl.of("jdbc:h2:file:./var/x", home));
    open(DataUrl.of("jdbc:h2:./" + name + "/x", home));
    open(DataUrl.of("jdbc:h2:" + home + "/absolute/x", folder));

    assertThat(home.resolve("var/x.mv.db")).isRegularFile();
    assertThat(home.resolve(name).resolve("x.mv.db")).isRegularFile();
    assertThat(home.resolve("absolute/x.mv.db")).isRegularFile();
  }

  private static void open(DataUrl url) throws Exception {
    Connector.connect(new Driver(), url, new Properties()).close();
    assertThat(url.file().orElseThrow()).isRegularFile();
  }

  @ParameterizedTest
  @CsvSource({
    "./x, /opt/a;b, ./x, /opt/a;b/x.mv.db",
    "../x, /opt/a;b/host, ./../x, /opt/a;b/x.mv.db",
    "../../x, /opt/a;b/host, /opt/x, /opt/x.mv.db",
    "/data/x, /opt/a;b, /data/x, /data/x.mv.db",
  })
  void aSemicolonAboveTheFileIsNotInThePathThatH2Gets(
      String path, Path home, String located, Path file) throws Exception {
    DataUrl url = H2Url.of("jdbc:h2:file:" + path, home, home);

    assertThat(url.driverText()).startsWith("jdbc:h2:file:" + located + ";MODE=MariaDB;");
    assertThat(url.file()).contains(file);
    assertThat(url).hasToString("jdbc:h2:file:" + path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/opt", "/elsewhere"})
  void aSemicolonBelowTheFolderInWhichTheHostWorksIsRefused(Path here) {
    assertThatThrownBy(() -> H2Url.of("jdbc:h2:./x", ODD, here))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessage(
            "url = jdbc:h2:./x: allowed is a path that has no semicolon, seen from the folder in"
                + " which the host works; that is "
                + here
                + ", and the path counts from /opt/a;b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:/opt/a;b/x",
        "jdbc:h2:/opt/a;=b/x",
        "jdbc:h2:/opt/a;MODE=MySQL;b/x",
        "jdbc:h2:/opt/a;PASSWORD=hidden\\",
        "jdbc:h2:/opt/a;PASSWORD=hidden\\\\\\",
      })
  void aSemicolonInThePathIsRefused(String url) {
    assertThatThrownBy(() -> H2Url.of(url, ODD, ODD))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessage(
            "url = jdbc:h2:/opt/a: allowed is a path without a semicolon, at which H2 ends it, and"
                + " then ;KEY=VALUE for each setting, with \\; for a semicolon in a value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ";",
        "; ;",
        ";CACHE_SIZE=1;",
        ";CACHE_SIZE=",
        ";INIT=SET A=1\\;SET B=2",
        ";PASSWORD=a\\\\"
      })
  void settingsAreWrittenAsH2ReadsThem(String settings) throws Exception {
    assertThat(H2Url.of("jdbc:h2:./x" + settings, ODD, ODD).driverText())
        .endsWith(";TRACE_LEVEL_FILE=0");
  }

  /** A line end would begin a line of its own in the log. */
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\t", "\0", "\u001b", "\u0085"})
  void aControlCharacterInThePathIsRefused(String character) {
    assertThatThrownBy(() -> H2Url.of("jdbc:h2:./a" + character + "b", ODD, ODD))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageEndingWith(": allowed is a path without control characters, such as a line end");
  }
}
