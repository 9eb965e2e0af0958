package slipway.server.core.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir private Path home;
  private Path file;
  private Path part;

  @BeforeEach
  void name() {
    file = home.resolve("list");
    part = home.resolve("list.part");
  }

  @Test
  void theNewContentTakesThePlaceOfTheOldOne() throws IOException {
    WholeFile.replace(file, part, "old, and longer".getBytes(UTF_8));
    WholeFile.replace(file, part, "new".getBytes(UTF_8));
    assertThat(file).hasContent("new");
    assertThat(part).doesNotExist();
  }

  @Test
  void whatACrashHasLeftIsOverwritten() throws IOException {
    Files.writeString(part, "the half of something that was longer");
    WholeFile.replace(file, part, "whole".getBytes(UTF_8));
    assertThat(file).hasContent("whole");
  }

  @Test
  void aContentThatCannotBeReadToItsEndLeavesTheOldOne() throws IOException {
    Files.writeString(file, "old");
    InputStream torn =
        new InputStream() {
          private int left = 3;

          @Override
          public int read() throws IOException {
            if (left-- <= 0) {
              throw new IOException("torn");
            }
            return 'x';
          }
        };
    assertThatThrownBy(() -> WholeFile.write(torn, part)).hasMessage("torn");
    assertThat(file).hasContent("old");
  }

  @Test
  void aNameThatCannotBeGivenLeavesNoPart() throws IOException {
    Files.createDirectories(file.resolve("in-use"));
    assertThatThrownBy(() -> WholeFile.replace(file, part, new byte[1]))
        .isInstanceOf(IOException.class);
    assertThat(part).doesNotExist();
    assertThat(file.resolve("in-use")).exists();
  }
}
