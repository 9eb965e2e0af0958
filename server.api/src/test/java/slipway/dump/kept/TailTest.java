package slipway.dump.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailTest {

  @TempDir Path folder;

  private void file(String name, String text, long written) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(written));
  }

  private String tail(long most) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Tail.copy(folder, "x*.log", most, out);
    return out.toString();
  }

  @Test
  void linesBeforeARollComeFirst() throws Exception {
    file("x.log", "three\nfour\n", 3000);
    file("x.2.log", "one\ntwo\n", 2000);
    file("x.1.log", "zero\n", 1000);
    file("y.log", "of another\n", 4000);
    assertThat(tail(100)).isEqualTo("zero\none\ntwo\nthree\nfour\n");
    assertThat(tail(16)).isEqualTo("two\nthree\nfour\n");
  }

  @Test
  void itBeginsWithAWholeLine() throws Exception {
    file("x.log", "one\ntwo\nthree\n", 1000);
    assertThat(tail(8)).isEqualTo("three\n");
  }

  @Test
  void withoutAFileItSaysSo() {
    assertThatThrownBy(() -> tail(8)).isInstanceOf(NoSuchFileException.class);
  }
}
