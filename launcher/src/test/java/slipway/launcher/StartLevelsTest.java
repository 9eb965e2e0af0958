package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartLevelsTest {

  @TempDir Path folder;

  private StartLevels read(String text) throws IOException, LaunchException {
    return StartLevels.read(Files.writeString(folder.resolve("levels"), text));
  }

  @Test
  void namedBundlesHaveTheirLevelAndTheOthersTen() throws Exception {
    StartLevels levels = read("log = 1\nlast = 20\n");

    assertThat(levels.of("log")).isEqualTo(1);
    assertThat(levels.of("last")).isEqualTo(20);
    assertThat(levels.of("other")).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "21", "-1", "x", "", "100"})
  void aLevelThatIsNoneIsRefused(String level) {
    assertThatThrownBy(() -> read("log = " + level))
        .isInstanceOf(LaunchException.class)
        .hasMessageEndingWith("log = " + level + ": allowed is a whole number from 1 to 20");
  }
}
