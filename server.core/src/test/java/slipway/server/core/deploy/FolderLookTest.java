package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLookTest {

  private static final FileTime LONG_AGO = FileTime.from(Instant.EPOCH);

  @TempDir private Path home;

  private Path folder() throws IOException {
    return Files.createDirectories(home.resolve("services"));
  }

  private FileStamp stamp(String name) throws IOException {
    return new FolderLook(folder()).jars().get(folder().resolve(name));
  }

  @Test
  void onlyJarsThatAreFilesAndNotHiddenCount() throws IOException {
    for (String name :
        new String[] {
          "a.jar",
          "b.jar.bak",
          "c.jar.disabled",
          "D.JAR",
          ".e.jar",
          "f.jar.filepart",
          "g.jar~",
          "h.zip",
          "jar",
          ".jar"
        }) {
      Files.writeString(folder().resolve(name), name);
    }
    Files.createDirectory(folder().resolve("folder.jar"));
    Files.createSymbolicLink(folder().resolve("link.jar"), folder().resolve("h.zip"));
    Files.createSymbolicLink(folder().resolve("nowhere.jar"), folder().resolve("none"));
    Files.createSymbolicLink(folder().resolve("round.jar"), folder().resolve("round.jar"));
    assertThat(new FolderLook(folder()).jars().keySet())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("a.jar", "link.jar", "nowhere.jar", "round.jar");
  }

  @Test
  void aFolderThatIsALinkIsLookedInto() throws IOException {
    Files.writeString(folder().resolve("a.jar"), "a");
    Path link = Files.createSymbolicLink(home.resolve("link"), folder());
    assertThat(new FolderLook(link).jars().keySet()).containsExactly(link.resolve("a.jar"));
  }

  @Test
  void anotherContentOfTheSameSizeAndTimeIsSeen() throws IOException {
    Path file = folder().resolve("a.jar");
    Files.writeString(file, "one");
    Files.setLastModifiedTime(file, LONG_AGO);
    FileStamp first = stamp("a.jar");
    assertThat(stamp("a.jar")).as("nothing has changed").isEqualTo(first);
    Path other = Files.writeString(folder().resolve("other"), "two");
    Files.setLastModifiedTime(other, LONG_AGO);
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    assertThat(stamp("a.jar")).isNotEqualTo(first);
  }

  @Test
  void aLinkThatLeadsNowhereAndThenSomewhereIsSeen() throws IOException {
    Path file = home.resolve("one");
    Files.createSymbolicLink(folder().resolve("a.jar"), file);
    FileStamp nowhere = stamp("a.jar");
    assertThat(stamp("a.jar")).isEqualTo(nowhere);
    Files.writeString(file, "x");
    assertThat(stamp("a.jar")).isNotEqualTo(nowhere);
    Files.delete(file);
    assertThat(stamp("a.jar")).isEqualTo(nowhere);
  }

  @Test
  void aLinkThatLeadsElsewhereIsSeen() throws IOException {
    Path one = Files.writeString(home.resolve("one"), "x");
    Path two = Files.writeString(home.resolve("two"), "x");
    Files.setLastModifiedTime(one, LONG_AGO);
    Files.setLastModifiedTime(two, LONG_AGO);
    Path link = Files.createSymbolicLink(folder().resolve("a.jar"), one);
    FileStamp first = stamp("a.jar");
    Files.delete(link);
    Files.createSymbolicLink(link, two);
    assertThat(stamp("a.jar")).isNotEqualTo(first);
  }

  @Test
  void aFolderThatCannotBeReadSaysNothingAboutItsFiles() {
    assertThatThrownBy(() -> new FolderLook(home.resolve("none")).jars())
        .isInstanceOf(NoSuchFileException.class);
  }
}
