package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.admin.AdminException;

class PublicationTest {

  @TempDir private Path home;
  private Path services;
  private Path content;

  @BeforeEach
  void make() throws IOException {
    services = Files.createDirectory(home.resolve("services"));
    content = Files.writeString(home.resolve("new"), "two");
    Files.writeString(services.resolve("say.jar"), "one");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(services)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theFileIsReplacedWhenItIsCommitted() throws Exception {
    Path target = services.resolve("say.jar");
    try (Publication publication = Publication.of(content, target)) {
      assertThat(target).hasContent("one");
      assertThat(new FolderLook(services).jars().keySet()).containsExactly(target);
      publication.commit();
      assertThat(target).hasContent("two");
    }
    assertThat(files()).containsExactly("say.jar");
  }

  @Test
  void nothingIsLeftIfItIsNotCommitted() throws Exception {
    Publication.of(content, services.resolve("say.jar")).close();
    assertThat(files()).containsExactly("say.jar");
    assertThat(services.resolve("say.jar")).hasContent("one");
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidToBeWithItsOwner() throws Exception {
    Path target = home.resolve("none").resolve("say.jar");
    assertThatThrownBy(() -> Publication.of(content, target))
        .isInstanceOf(AdminException.class)
        .hasMessage("none/say.jar cannot be written: there is no such file; nothing was changed");
    assertThat(
            Publication.refusal(
                services.resolve("say.jar"), new AccessDeniedException("/x/say.jar")))
        .startsWith("services/say.jar cannot be written: permission denied (the folder belongs to ")
        .endsWith("the host runs as " + System.getProperty("user.name") + ")");
    assertThat(
            Publication.refusal(
                services.resolve("say.jar"),
                new FileSystemException("x", null, "No space left on device")))
        .contains("cannot be written: no space left on device (");
  }

  @Test
  void aFolderInItsPlaceIsRefused() throws Exception {
    Path target = Files.createDirectory(services.resolve("folder.jar"));
    assertThatThrownBy(() -> Publication.of(content, target))
        .hasMessageContaining("it is a folder");
    assertThat(files()).containsExactly("folder.jar", "say.jar");
  }

  @Test
  void whatAKilledHostHasLeftIsSwept() throws Exception {
    Publication.of(content, services.resolve("say.jar"));
    Files.writeString(services.resolve(".other.jar.part"), "of somebody else");
    Publication.sweep(services);
    assertThat(files()).containsExactly(".other.jar.part", "say.jar");
  }
}
