package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is not whole is awaited while it changes, and refused when it rests. */
class ArrivalsTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock(NOW);
  private ShelfFiles files;
  private Arrivals arrivals;
  private Path file;

  @BeforeEach
  void beginToCopy() throws IOException {
    files =
        new ShelfFiles(
            new FolderLook(folder), () -> Duration.between(NOW, clock.instant()).toNanos());
    Refusals refusals = new Refusals(files, new FakeVersions(), (service, text) -> {});
    arrivals = new Arrivals(files, refusals, clock);
    file = folder.resolve("echo.jar");
    write("PK", NOW);
  }

  private void write(String text, Instant modified) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(modified));
  }

  /** Looks, and says whether the file is refused by now. */
  private boolean isRefused() {
    files.look();
    files.due().forEach(due -> assertThat(arrivals.read(due)).isEmpty());
    return files.state(file).orElseThrow().isRefused();
  }

  @Test
  void aFileRestsWhenItHasNotChangedForAMoment() {
    assertThat(isRefused()).isFalse();
    clock.advance(Duration.ofMillis(1999));
    assertThat(isRefused()).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(isRefused()).isTrue();
  }

  @Test
  void aFileThatGrowsDoesNotRest() throws IOException {
    assertThat(isRefused()).isFalse();
    clock.advance(ShelfFiles.MOMENT);
    write("PKPK", clock.instant());
    assertThat(isRefused()).isFalse();
    clock.advance(ShelfFiles.MOMENT);
    assertThat(isRefused()).isTrue();
  }

  @Test
  void aFileThatIsOldWhenItIsSeenFirstRests() throws IOException {
    write("PK", NOW.minusSeconds(60));
    assertThat(isRefused()).isTrue();
  }

  @Test
  void aFileOfTheFutureRestsInItsTimeAllTheSame() throws IOException {
    write("PK", NOW.plusSeconds(3600));
    assertThat(isRefused()).isFalse();
    clock.advance(ShelfFiles.MOMENT);
    assertThat(isRefused()).isTrue();
  }

  @Test
  void aFileThatIsForgottenIsSeenForTheFirstTimeAgain() throws IOException {
    write("PK", NOW.plusSeconds(3600));
    isRefused();
    files.forget(file);
    clock.advance(ShelfFiles.MOMENT);
    assertThat(isRefused()).isFalse();
  }

  @Test
  void aFileThatIsGoneIsNeitherAwaitedNorRefused() throws IOException {
    files.look();
    Files.delete(file);
    assertThat(arrivals.read(file)).isEmpty();
    assertThat(files.state(file)).isEmpty();
  }
}
