package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock(NOW);
  private final Rest rest = new Rest(clock);
  private Path file;

  @BeforeEach
  void beginToCopy() throws IOException {
    file = folder.resolve("echo.jar");
    write("PK", NOW);
  }

  private void write(String text, Instant modified) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(modified));
  }

  @Test
  void aFileRestsWhenItHasNotChangedForAMoment() throws IOException {
    assertThat(rest.has(file)).isFalse();
    clock.advance(Duration.ofMillis(1999));
    assertThat(rest.has(file)).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(rest.has(file)).isTrue();
  }

  @Test
  void aFileThatGrowsDoesNotRest() throws IOException {
    assertThat(rest.has(file)).isFalse();
    clock.advance(Rest.MOMENT);
    write("PKPK", clock.instant());
    assertThat(rest.has(file)).isFalse();
    clock.advance(Rest.MOMENT);
    assertThat(rest.has(file)).isTrue();
  }

  @Test
  void aFileThatIsOldWhenItIsSeenFirstRests() throws IOException {
    write("PK", NOW.minusSeconds(60));
    assertThat(rest.has(file)).isTrue();
  }

  @Test
  void aFileOfTheFutureRestsInItsTimeAllTheSame() throws IOException {
    write("PK", NOW.plusSeconds(3600));
    assertThat(rest.has(file)).isFalse();
    clock.advance(Rest.MOMENT);
    assertThat(rest.has(file)).isTrue();
  }

  @Test
  void aFileThatIsForgottenIsSeenForTheFirstTimeAgain() throws IOException {
    write("PK", NOW.plusSeconds(3600));
    rest.has(file);
    rest.forget(file);
    clock.advance(Rest.MOMENT);
    assertThat(rest.has(file)).isFalse();
  }

  @Test
  void aFileThatIsGoneIsSaidToBe() throws IOException {
    Files.delete(file);
    assertThatThrownBy(() -> rest.has(file)).isInstanceOf(NoSuchFileException.class);
  }
}
