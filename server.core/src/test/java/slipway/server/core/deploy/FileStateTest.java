package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Version;
import slipway.server.core.deploy.FileState.Arrives;
import slipway.server.core.deploy.FileState.Fate;
import slipway.server.core.deploy.FileState.Known;
import slipway.server.core.deploy.FileState.Refused;

class FileStateTest {

  private static final FileStamp STAMP = FileStamp.UNKNOWN;
  private static final ServiceJar JAR =
      new ServiceJar(
          Path.of("say.jar"), "say", Optional.of("say"), false, Version.emptyVersion, "ab");

  @ParameterizedTest
  @CsvSource({
    "TRIED, SERVES",
    "TRIED, SPARE",
    "TRIED, LIBRARY",
    "SERVES, SERVES",
    "SERVES, SPARE",
    "SPARE, SERVES",
    "LIBRARY, LIBRARY",
  })
  void aContentComesToSomething(Fate from, Fate to) {
    assertThat(new Known(STAMP, JAR, from).with(to)).isEqualTo(new Known(STAMP, JAR, to));
  }

  @ParameterizedTest
  @CsvSource({"SERVES, LIBRARY", "SERVES, TRIED", "LIBRARY, SERVES", "LIBRARY, SPARE"})
  void nothingElseBecomesOfIt(Fate from, Fate to) {
    FileState state = new Known(STAMP, JAR, from);
    assertThatThrownBy(() -> state.with(to))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("it cannot be " + to + " as it is " + from);
  }

  @Test
  void whatWasNotReadComesToNothing() {
    assertThatThrownBy(() -> new Arrives(STAMP, 0).with(Fate.SERVES))
        .isInstanceOf(IllegalStateException.class);
    NotDeployed reason = NotDeployed.refused("it is no jar");
    FileState unread = Refused.of(null, STAMP, Optional.empty(), reason, 0);
    assertThatThrownBy(() -> unread.with(Fate.SERVES)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatWasTakenOutMayServeAfterAll() {
    NotDeployed reason = NotDeployed.refused("it throws");
    FileState out = Refused.of(null, STAMP, Optional.of(JAR), reason, 0);
    assertThat(out.with(Fate.SERVES)).isEqualTo(new Known(STAMP, JAR, Fate.SERVES));
  }

  @Test
  void aRefusalIsNewsOnceForEachReason() {
    NotDeployed reason = NotDeployed.refused("it throws");
    Refused first = Refused.of(null, STAMP, Optional.of(JAR), reason, 0);
    Refused again = Refused.of(first, STAMP, Optional.of(JAR), reason, 0);
    assertThat(first.isNews(null)).isTrue();
    assertThat(again.isNews(first)).isFalse();
    assertThat(again.isNews(new Known(STAMP, JAR, Fate.SERVES))).isTrue();
    Refused other = Refused.of(first, STAMP, Optional.of(JAR), NotDeployed.refused("other"), 0);
    assertThat(other.isNews(first)).isTrue();
  }
}
