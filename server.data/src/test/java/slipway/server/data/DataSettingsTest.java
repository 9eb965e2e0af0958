package slipway.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

class DataSettingsTest {

  @TempDir Path home;

  @Test
  void nothingConfiguredIsH2InTheHostsFolder() throws Exception {
    DataSettings settings = settings(Map.of());

    assertThat(settings.url()).hasToString("jdbc:h2:file:./var/data/slipway");
    assertThat(settings.url().file()).contains(home.resolve("var/data/slipway.mv.db"));
    assertThat(settings.url().driverText())
        .startsWith("jdbc:h2:file:" + home.resolve("var/data/slipway") + ";MODE=MariaDB;");
  }

  @Test
  void theFileOfAnH2UrlIsKnownHoweverItIsWritten() throws Exception {
    Path here = Path.of("").toAbsolutePath();
    Path user = Path.of(System.getProperty("user.home"));

    assertThat(DataUrl.of("jdbc:h2:file:./var/x", here).file())
        .contains(here.resolve("var/x.mv.db"));
    assertThat(DataUrl.of("jdbc:h2:../x;CACHE_SIZE=1", here).file())
        .contains(here.resolveSibling("x.mv.db"));
    assertThat(DataUrl.of("jdbc:h2:/tmp/a/../x", here).file()).contains(Path.of("/tmp/x.mv.db"));
    assertThat(DataUrl.of("jdbc:h2:~/x", here).file()).contains(user.resolve("x.mv.db"));
    assertThat(DataUrl.of("jdbc:h2:mem:x", here).file()).isEmpty();
  }

  @Test
  void whatAnH2UrlSaysWinsOverTheDefaults() throws Exception {
    assertThat(DataUrl.of("jdbc:h2:./x;mode=PostgreSQL", home).driverText())
        .contains("mode=PostgreSQL")
        .doesNotContain("MariaDB");
  }

  @Test
  void aMySqlUrlIsTheDriversOwn() throws Exception {
    assertThat(DataUrl.of("jdbc:mysql://db:3306/slipway", home).driverText())
        .isEqualTo("jdbc:mariadb://db:3306/slipway?allowLocalInfile=false");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mariadb://db/x, jdbc:mariadb://db/x?allowLocalInfile=false",
    "jdbc:mariadb://db/x?, jdbc:mariadb://db/x?allowLocalInfile=false",
    "jdbc:mariadb://db/x?a=1, jdbc:mariadb://db/x?a=1&allowLocalInfile=false",
    "jdbc:mariadb://db/x?ALLOWLOCALINFILE=true, jdbc:mariadb://db/x?ALLOWLOCALINFILE=true",
    "jdbc:mariadb://db/x?a=allowLocalInfile=, jdbc:mariadb://db/x?a=allowLocalInfile=&allowLocalInfile=false",
  })
  void aMariaDbMayAskForFilesOnlyIfItsUrlSaysSo(String url, String driverText) throws Exception {
    assertThat(DataUrl.of(url, home).driverText()).isEqualTo(driverText);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mariadb://db/x?password=hidden, jdbc:mariadb://db/x",
    "jdbc:mysql://db:3306/x?user=a&password=hidden, jdbc:mysql://db:3306/x",
    "jdbc:h2:file:./x;CIPHER=AES;PASSWORD=hidden, jdbc:h2:file:./x",
  })
  void theUrlIsShownWithoutWhatMayBeSecret(String url, String shown) throws Exception {
    assertThat(DataUrl.of(url, home)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/x?password=hidden",
        "jdbc:mariadb:?password=hidden",
        "jdbc:mariadb://?password=hidden",
        "jdbc:mariadb://db:port/x?password=hidden",
        "jdbc:mariadb://a:hidden@db/x",
        "jdbc:h2:",
        "jdbc:h2:./a\0b",
        "x",
      })
  void aUrlThatTheHostCannotUseIsRefusedWithoutItsSecrets(String url) {
    assertThatThrownBy(() -> DataUrl.of(url, home))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageStartingWith("url = ")
        .hasMessageContaining(": allowed is ")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void anH2ThatWouldListenIsRefused() {
    assertThatThrownBy(() -> DataUrl.of("jdbc:h2:./x;auto_server = true", home))
        .hasMessage(
            "url = jdbc:h2:./x: allowed is a URL without AUTO_SERVER, which would listen on the"
                + " network");
  }

  @Test
  void aPathThatH2WouldReadAsAnotherIsRefused() {
    assertThatThrownBy(() -> DataUrl.of("jdbc:h2:file:./a\\b", home))
        .hasMessage(
            "url = jdbc:h2:file:./a\\b: allowed is a path without a backslash, which H2 takes for a"
                + " slash");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret", "s3cret\n", "s3cret\r\n"})
  void thePasswordsFileMayEndItsLine(String content) throws Exception {
    Files.writeString(home.resolve("password"), content);

    assertThat(settings(Map.of("password.file", "password")).password().read()).isEqualTo("s3cret");
  }

  @Test
  void aPasswordsFileIsReadAnewEachTime() throws Exception {
    Files.writeString(home.resolve("password"), "old\n");
    Secret password = settings(Map.of("password.file", "password")).password();

    Files.writeString(home.resolve("password"), "new\n");

    assertThat(password.read()).isEqualTo("new");
  }

  @Test
  void aPasswordsFileThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> settings(Map.of("password.file", "none")))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageStartingWith(
            "password.file = none: allowed is a small file that the host can read: ");
  }

  @Test
  void twoPasswordsAreRefusedAndNotShown() {
    assertThatThrownBy(
            () -> settings(Map.of("password", "hidden", "password.file", "/etc/hostname")))
        .hasMessage("password and password.file are both set: allowed is one of them");
  }

  @Test
  void settingsDoNotShowThePassword() throws Exception {
    assertThat(
            settings(Map.of("url", "jdbc:mariadb://db/x?a=hidden", "password", "hidden"))
                .toString())
        .doesNotContain("hidden");
  }

  private DataSettings settings(Map<String, String> values) throws InvalidConfiguration {
    return DataSettings.of(Settings.of(DataConfig.class, values), home);
  }
}
