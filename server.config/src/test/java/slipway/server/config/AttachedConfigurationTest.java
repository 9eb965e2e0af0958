package slipway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachedConfigurationTest {

  @TempDir Path folder;

  private Map<String, String> attached() throws IOException {
    Map<String, ByteArrayOutputStream> files = new TreeMap<>();
    new AttachedConfiguration(folder)
        .attach(name -> files.computeIfAbsent(name, none -> new ByteArrayOutputStream()));
    Map<String, String> texts = new TreeMap<>();
    files.forEach((name, bytes) -> texts.put(name, bytes.toString(StandardCharsets.UTF_8)));
    return texts;
  }

  @Test
  void settingsAreShownWithoutSecrets() throws Exception {
    Files.writeString(
        folder.resolve("slipway.data.cfg"),
        "# ünder\nurl = jdbc:mariadb://db/chat?password=hunter2\nuser = me\npassword = hunter2\n");
    Files.writeString(folder.resolve("jvm.options"), "-Xmx64m\n-Dx.password=hunter2\n");
    Files.writeString(folder.resolve("data.password"), "hunter2");
    Files.writeString(folder.resolve("key.pem"), "hunter2");
    Files.write(folder.resolve("large.cfg"), new byte[ConfFolder.LIMIT + 1]);
    Files.createDirectory(folder.resolve("folder.cfg"));
    assertThat(attached())
        .containsExactly(
            Map.entry("conf/jvm.options", "-Xmx64m\n-Dx.password=(left out)\n"),
            Map.entry(
                "conf/others.txt",
                "conf/data.password is left out\nconf/folder.cfg is left out\n"
                    + "conf/key.pem is left out\nconf/large.cfg is left out\n"),
            Map.entry(
                "conf/slipway.data.cfg",
                "# ünder\nurl = jdbc:mariadb://db/chat?(left out)\nuser = me\n"
                    + "password = (left out)\n"));
  }

  @Test
  void aFolderWithNothingElseHasNoListOfOthers() throws Exception {
    Files.writeString(folder.resolve("host.properties"), "a = b\n");
    assertThat(attached()).containsExactly(Map.entry("conf/host.properties", "a = b\n"));
  }
}
