package slipway.server.world.park;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A parked world is read back as it was, or not at all. */
class ParkFolderTest {

  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00.123Z");

  @TempDir Path home;

  private Path folder() {
    return home.resolve("worlds");
  }

  private ParkFolder parked() {
    return new ParkFolder(folder());
  }

  private static ParkedWorld world(String state) {
    return new ParkedWorld("play", "arena", "1.2.0", NOW, 77, state.getBytes());
  }

  @Test
  void whatWasWrittenIsRead() throws Exception {
    parked().write(world("one"));
    parked().write(world("two"));
    ParkedWorld read = parked().read("arena").orElseThrow();
    assertThat(read.service()).isEqualTo("play");
    assertThat(read.world()).isEqualTo("arena");
    assertThat(read.version()).isEqualTo("1.2.0");
    assertThat(read.at()).isEqualTo(NOW);
    assertThat(read.frame()).isEqualTo(77);
    assertThat(read.state()).asString().isEqualTo("two");
    assertThat(parked().read("zoo")).isEmpty();
  }

  @Test
  void aFileThatEndsTooEarlyIsRefusedWhereverItEnds() throws Exception {
    parked().write(world("state"));
    Path file = parked().file("arena");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> parked().read("arena"))
          .as("of %d bytes", length)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("it is ");
    }
  }

  @Test
  void aFileWithAnyOtherByteIsRefused() throws Exception {
    parked().write(world("state"));
    Path file = parked().file("arena");
    byte[] whole = Files.readAllBytes(file);
    for (int place = 0; place < whole.length; place++) {
      byte[] damaged = whole.clone();
      damaged[place] ^= 0x10;
      Files.write(file, damaged);
      assertThatThrownBy(() -> parked().read("arena"))
          .as("byte %d", place)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aFileWithMoreBytesIsRefused() throws Exception {
    parked().write(world("state"));
    Path file = parked().file("arena");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(() -> parked().read("arena")).isInstanceOf(IOException.class);
  }

  @Test
  void whatAHostHasLeftThatCrashedWhileItWroteIsNotRead() throws Exception {
    parked().write(world("one"));
    Path part = folder().resolve("arena.world.part");
    Files.write(part, new byte[] {1, 2, 3});
    assertThat(parked().read("arena").orElseThrow().state()).asString().isEqualTo("one");
    parked().write(world("two"));
    assertThat(part).doesNotExist();
    assertThat(parked().read("arena").orElseThrow().state()).asString().isEqualTo("two");
  }

  @Test
  void whatCannotBeWrittenLeavesWhatWasThere() throws Exception {
    parked().write(world("one"));
    Files.createDirectories(folder().resolve("arena.world.part/in the way"));
    assertThatThrownBy(() -> parked().write(world("two"))).isInstanceOf(IOException.class);
    assertThat(parked().read("arena").orElseThrow().state()).asString().isEqualTo("one");
  }

  @Test
  void whatIsSetAsideIsNotReadAnyMore() throws Exception {
    assertThat(parked().setAside("arena")).isFalse();
    parked().write(world("one"));
    assertThat(parked().oldSince("arena")).isEmpty();
    assertThat(parked().setAside("arena")).isTrue();
    assertThat(parked().read("arena")).isEmpty();
    assertThat(parked().oldSince("arena")).isPresent();
  }
}
