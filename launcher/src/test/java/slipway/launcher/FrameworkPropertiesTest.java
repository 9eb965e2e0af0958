package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameworkPropertiesTest {

  @TempDir Path folder;

  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = HostProcess.makeHome(folder);
  }

  @Test
  void theFileIsOptional() throws LaunchException {
    assertThat(FrameworkProperties.of(home))
        .containsEntry("slipway.home", home.root().toString())
        .containsEntry("felix.cm.pm", "slipway")
        .containsEntry("org.osgi.framework.bsnversion", "multiple")
        .containsEntry("slipway.shutdown.timeout", "10s")
        .containsEntry("felix.fileinstall.poll", "250");
  }

  @Test
  void bundlesCanHaveEventsOfJfrWhateverElseIsDelegated() throws Exception {
    String key = "org.osgi.framework.bootdelegation";
    assertThat(FrameworkProperties.of(home)).containsEntry(key, "jdk.jfr.internal.event");

    Files.writeString(home.hostProperties(), key + " = sun.misc\n");

    assertThat(FrameworkProperties.of(home)).containsEntry(key, "jdk.jfr.internal.event,sun.misc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b",
        "${user.home}",
        "a b",
        "%41",
        "#1",
        "a=b",
        "back\\slash",
        "it's",
        "é",
        "a+b"
      })
  void noPropertyThatIsParsedHasTheNameOfTheFolder(String name) throws Exception {
    Home odd = new Home(Files.createDirectory(folder.resolve(name)).toRealPath());

    Map<String, String> properties = FrameworkProperties.of(odd);

    assertThat(properties)
        .containsEntry("org.ops4j.pax.logging.StaticLogbackFile", "conf/logback.xml")
        .containsEntry("slipway.home", odd.root().toString());
  }

  @Test
  void theFileAddsAndOverrides() throws Exception {
    Files.writeString(
        home.hostProperties(),
        "# words\nslipway.transport = nio \nfelix.fileinstall.poll=1000\nmine = grüße\n");

    Map<String, String> properties = FrameworkProperties.of(home);

    assertThat(properties)
        .containsEntry("slipway.transport", "nio")
        .containsEntry("felix.fileinstall.poll", "1000")
        .containsEntry("mine", "grüße");
  }

  @ParameterizedTest
  @CsvSource({
    "slipway.transport, kqueue, 'auto, io_uring, epoll or nio'",
    "slipway.threads, -1, a whole number from 0 to 1024",
    "slipway.threads, 1025, a whole number from 0 to 1024",
    "slipway.shutdown.timeout, 10, 'a whole number with ms, s, m, h or d, such as 500ms, 60s or 5m'",
    "slipway.shutdown.timeout, '', 'a whole number with ms, s, m, h or d, such as 500ms, 60s or 5m'",
    "org.osgi.framework.bsnversion, single, nothing: the host sets it",
    "felix.fileinstall.poll, soon, a whole number of milliseconds from 10 to 99999",
    "felix.fileinstall.poll, 0, a whole number of milliseconds from 10 to 99999",
    "slipway.home, /elsewhere, nothing: the host sets it",
    "org.osgi.framework.storage, /tmp, nothing: the host sets it",
  })
  void aWrongValueIsRefusedWithFileKeyValueAndWhatIsAllowed(
      String key, String value, String allowed) throws IOException {
    Files.writeString(home.hostProperties(), key + " = " + value + "\n");

    assertThatThrownBy(() -> FrameworkProperties.of(home))
        .isInstanceOf(LaunchException.class)
        .hasMessage(home.hostProperties() + ": " + key + " = " + value + ": allowed is " + allowed);
  }

  @Test
  void aFileThatIsNoTextIsRefused() throws IOException {
    Files.write(home.hostProperties(), "a = ü".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> FrameworkProperties.of(home))
        .hasMessage(home.hostProperties() + " is not UTF-8 text");
  }

  @Test
  void aFileWithABrokenEscapeIsRefused() throws IOException {
    Files.writeString(home.hostProperties(), "a = \\uxyz0\n");

    assertThatThrownBy(() -> FrameworkProperties.of(home))
        .isInstanceOf(LaunchException.class)
        .hasMessageStartingWith(home.hostProperties() + ": ");
  }
}
