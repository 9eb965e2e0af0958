package slipway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.config.InvalidConfiguration;

class ConfFolderTest {

  @TempDir Path directory;
  private ConfFolder folder;

  @BeforeEach
  void setUp() {
    folder = new ConfFolder(directory);
  }

  private void assertRefused(String name, String message) {
    assertThatThrownBy(() -> folder.read(name))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessage(message);
  }

  @Test
  void readsTextInUtf8() throws Exception {
    Files.writeString(directory.resolve("x.cfg"), "name = Grüße 日本");
    assertThat(folder.read("x.cfg")).contains("name = Grüße 日本");
    assertThat(folder.read("y.cfg")).isEmpty();
  }

  @Test
  void refusesALargeFileWithItsSizeAndTheLimit() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve("x.cfg").toFile(), "rw")) {
      file.setLength(10L * 1024 * 1024);
    }
    assertRefused("x.cfg", "has 10485760 bytes: allowed are up to 65536");
  }

  @Test
  void readsAFileOfExactlyTheLimit() throws Exception {
    Files.writeString(directory.resolve("x.cfg"), "#".repeat(ConfFolder.LIMIT));
    assertThat(folder.read("x.cfg").orElseThrow()).hasSize(ConfFolder.LIMIT);
    Files.writeString(directory.resolve("x.cfg"), "#".repeat(ConfFolder.LIMIT + 1));
    assertRefused("x.cfg", "has 65537 bytes: allowed are up to 65536");
  }

  @Test
  void refusesWhatIsNoText() throws Exception {
    String message = "is not text: allowed is text in UTF-8 without NUL bytes";
    Files.write(directory.resolve("nul.cfg"), new byte[] {'a', '=', 0, '1'});
    assertRefused("nul.cfg", message);
    Files.write(directory.resolve("latin.cfg"), "a = ü".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused("latin.cfg", message);
    Files.createDirectory(directory.resolve("folder.cfg"));
    assertRefused("folder.cfg", "is not a file: allowed is a file of text");
  }

  @Test
  void makesAFileForItsOwnerAloneAndLeavesNothingBeside() throws Exception {
    folder.replace("x.cfg", null, "a = 1\n");
    Path file = directory.resolve("x.cfg");
    assertThat(file).hasContent("a = 1\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder.names()).containsExactly("x.cfg");
  }

  @Test
  void keepsPermissionsAndLinks() throws Exception {
    Path real = Files.createDirectory(directory.resolve("real")).resolve("x.cfg");
    Files.writeString(real, "a = 1\n");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(directory.resolve("x.cfg"), real);
    folder.replace("x.cfg", "a = 1\n", "a = 2\n");
    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent("a = 2\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void saysWhichFileCannotBeWrittenAndWhy() throws Exception {
    String name = "x".repeat(250) + ".cfg";
    assertThatThrownBy(() -> folder.replace(name, null, "a = 1\n"))
        .isInstanceOf(IOException.class)
        .hasMessage("conf/" + name + " cannot be written: File name too long");
    Files.delete(directory);
    assertThatThrownBy(() -> folder.replace("x.cfg", null, "a = 1\n"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("conf/x.cfg cannot be written: no such file or folder");
    Files.createDirectory(directory);
  }

  @Test
  void saysWhichFileCannotBeDeletedAndWhy() throws Exception {
    Files.createDirectories(directory.resolve("x.cfg").resolve("y"));
    assertThatThrownBy(() -> folder.delete("x.cfg"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("conf/x.cfg cannot be deleted: it is a folder that is not empty");
  }
}
