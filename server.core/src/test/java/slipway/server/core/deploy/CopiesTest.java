package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CopiesTest {

  @TempDir private Path home;
  private Path folder;
  private Copies copies;
  private ServiceJar jar;

  @BeforeEach
  void make() throws IOException {
    folder = home.resolve("say");
    copies = new Copies(folder);
    jar = ServiceJar.read(Jars.service(home.resolve("say.jar"), "say", "1.0.0"));
  }

  /** What a crash, a full disk or a hand has done to a copy. */
  enum Damage {
    EMPTY,
    CUT_SHORT,
    ONE_BIT,
    ANOTHER_JAR;

    void doTo(Path copy) throws IOException {
      byte[] content = Files.readAllBytes(copy);
      switch (this) {
        case EMPTY -> Files.write(copy, new byte[0]);
        case CUT_SHORT -> Files.write(copy, Arrays.copyOf(content, content.length / 2));
        case ONE_BIT -> {
          content[content.length / 2] ^= 1;
          Files.write(copy, content);
        }
        case ANOTHER_JAR -> Jars.service(copy, "say", "1.0.0.changed");
      }
    }
  }

  @Test
  void aCopyIsTheContentUnderItsDigest() throws IOException {
    ServiceJar kept = copies.keep(jar);
    assertThat(kept).isEqualTo(jar.at(folder.resolve(jar.digest() + ".jar")));
    assertThat(copies.kept(jar.digest())).isEqualTo(kept);
  }

  @Test
  void aCopyThatIsSoundIsNotWrittenAgain() throws IOException {
    Path copy = copies.keep(jar).file();
    Object before = Files.readAttributes(copy, "unix:ino").get("ino");
    assertThat(copies.keep(jar).file()).isEqualTo(copy);
    assertThat(Files.readAttributes(copy, "unix:ino").get("ino")).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedCopyIsNotUsed(Damage damage) throws IOException {
    damage.doTo(copies.keep(jar).file());
    assertThatThrownBy(() -> copies.kept(jar.digest()))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedCopyIsMadeAnewFromTheFile(Damage damage) throws IOException {
    damage.doTo(copies.keep(jar).file());
    assertThat(copies.keep(jar).file()).hasSameBinaryContentAs(jar.file());
    assertThat(copies.kept(jar.digest()).digest()).isEqualTo(jar.digest());
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).hasSize(1);
    }
  }

  @Test
  void aDamagedCopyIsNotMadeAnewFromAFileThatHasChanged() throws IOException {
    Damage.CUT_SHORT.doTo(copies.keep(jar).file());
    Jars.service(jar.file(), "say", "2.0.0");
    assertThatThrownBy(() -> copies.keep(jar)).hasMessageContaining("changed while");
  }

  @Test
  void aDamagedCopyIsNotMadeAnewFromItself() throws IOException {
    ServiceJar kept = copies.keep(jar);
    Damage.CUT_SHORT.doTo(kept.file());
    assertThatThrownBy(() -> copies.keep(kept))
        .hasMessage("the one that is there is damaged, and there is no other");
  }

  @Test
  void whatACrashHasLeftOfACopyIsNoCopy() throws IOException {
    Files.createDirectories(folder);
    Path part = folder.resolve(jar.digest() + ".part");
    Files.write(part, Arrays.copyOf(Files.readAllBytes(jar.file()), 20));
    assertThatThrownBy(() -> copies.kept(jar.digest())).isInstanceOf(NoSuchFileException.class);
    assertThat(copies.keep(jar).file()).hasSameBinaryContentAs(jar.file());
    assertThat(part).doesNotExist();
  }
}
