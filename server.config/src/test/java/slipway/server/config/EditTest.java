package slipway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditTest {

  @TempDir Path conf;

  private Edit edit(String name, String before, String after) {
    return new Edit(ConfFile.of(name).orElseThrow(), before, after);
  }

  @Test
  void whenOneEditFailsThoseBeforeItAreUndone() throws Exception {
    Files.writeString(conf.resolve("old.cfg"), "a = 1\n");
    Files.writeString(conf.resolve("gone.cfg"), "b = 1\n");
    List<Edit> edits =
        List.of(
            edit("new.cfg", null, "n = 1\n"),
            edit("old.cfg", "a = 1\n", "a = 2\n"),
            edit("gone.cfg", "b = 1\n", null),
            edit("x".repeat(250) + ".cfg", null, "x = 1\n"));
    assertThatThrownBy(() -> Edit.write(new ConfFolder(conf), edits))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("cannot be written: File name too long");
    assertThat(conf.resolve("new.cfg")).doesNotExist();
    assertThat(conf.resolve("old.cfg")).hasContent("a = 1\n");
    assertThat(conf.resolve("gone.cfg")).hasContent("b = 1\n");
  }

  @Test
  void ifSomebodyElseHasWrittenNothingIsDone() throws Exception {
    ConfFolder folder = new ConfFolder(conf);
    Files.writeString(conf.resolve("x.cfg"), "a = 2\n");
    Edit made = edit("new.cfg", null, "n = 1\n");
    assertThat(Edit.write(folder, List.of(made, edit("x.cfg", null, "a = 1\n")))).isFalse();
    assertThat(Edit.write(folder, List.of(made, edit("x.cfg", "a = 0\n", "a = 1\n")))).isFalse();
    assertThat(Edit.write(folder, List.of(made, edit("x.cfg", "a = 0\n", null)))).isFalse();
    assertThat(conf.resolve("x.cfg")).hasContent("a = 2\n");
    assertThat(conf.resolve("new.cfg")).doesNotExist();
    assertThat(Edit.write(folder, List.of(made, edit("x.cfg", "a = 2\n", "a = 1\n")))).isTrue();
    assertThat(conf.resolve("x.cfg")).hasContent("a = 1\n");
  }
}
