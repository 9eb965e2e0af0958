package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.account.Accounts;
import slipway.packet.Packets;
import slipway.world.World;
import slipway.world.WorldContext;
import slipway.world.WorldService;
import slipway.world.WorldSpec;
import slipway.world.Worlds;

/** A version in a jar that is not deployed is made with stand-ins for its host. */
class CandidateTest {

  @TempDir Path folder;

  /** Asks its constructor's parameters for something. */
  public static final class Asking extends WorldService {
    private final String text;

    /** As Declarative Services would call it. */
    public Asking(
        Packets packets, Worlds worlds, Accounts accounts, Map<String, Object> properties) {
      super(packets, worlds);
      accounts.find(null);
      this.text = properties.size() + " " + text("/version.txt");
    }

    private static String text(String file) {
      try (InputStream in = Asking.class.getResourceAsStream(file)) {
        return new String(in.readAllBytes());
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public List<WorldSpec> worlds() {
      return List.of(WorldSpec.game(text.replace(' ', '-')));
    }

    @Override
    public World create(WorldContext context) {
      throw new UnsupportedOperationException();
    }
  }

  /** Does not come without what a stand-in cannot give. */
  public static final class Demanding extends WorldService {
    /** Fails. */
    public Demanding(Packets packets, Worlds worlds, String name) {
      super(packets, worlds);
      name.length();
    }

    @Override
    public List<WorldSpec> worlds() {
      return List.of();
    }

    @Override
    public World create(WorldContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private Path jar(Class<?>... types) throws IOException {
    Path file = folder.resolve("candidate.jar");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new ZipEntry("version.txt"));
      jar.write("two".getBytes());
      for (Class<?> type : types) {
        String path = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new ZipEntry(path));
        try (InputStream content = type.getResourceAsStream("/" + path)) {
          content.transferTo(jar);
        }
      }
    }
    return file;
  }

  @Test
  void itsClassesAndFilesAreThoseOfTheJar() throws Exception {
    try (Candidate candidate = new Candidate(jar(Asking.class), WorldService.class)) {
      assertThat(candidate.service().getClass()).isNotSameAs(Asking.class);
      assertThat(candidate.service().worlds().getFirst().name()).isEqualTo("0-two");
    }
  }

  @Test
  void aJarWithoutAServiceOfWorldsIsRefused() throws Exception {
    Path jar = jar(CandidateTest.class);
    assertThatThrownBy(() -> new Candidate(jar, CandidateTest.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("it is to have one class that extends WorldService; it has []");
  }

  @Test
  void aVersionThatCannotBeMadeWithoutItsHostSaysWhy() throws Exception {
    Path jar = jar(Demanding.class);
    assertThatThrownBy(() -> new Candidate(jar, CandidateTest.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot be made without its host: java.lang.NullPointerException");
  }
}
