package slipway.server.world.park;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The folder of parked worlds. Its files, and the folder if it is made here, are for the host's
 * user alone. For threads that may block; one at a time for each world.
 */
public final class ParkFolder {

  private static final FileAttribute<?> OWN_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> OWN_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path folder;

  /**
   * Makes it; nothing is written before there is a world to park.
   *
   * @param folder need not be there
   */
  public ParkFolder(Path folder) {
    this.folder = folder;
  }

  /** Where a world is parked. */
  public Path file(String world) {
    return folder.resolve(world + ".world");
  }

  /** Where the state is that a world went on from when it was last started. */
  public Path old(String world) {
    return folder.resolve(world + ".world.old");
  }

  /**
   * Reads how a world was when it ended.
   *
   * @return empty if it was not parked
   * @throws IOException if its file cannot be read, or is damaged
   */
  public Optional<ParkedWorld> read(String world) throws IOException {
    try {
      return Optional.of(ParkedWorld.of(Files.readAllBytes(file(world))));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /** When the old state of a world was written; empty if there is none. */
  public Optional<Instant> oldSince(String world) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(old(world)).toInstant());
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /**
   * Writes a world, in place of what was written of it before.
   *
   * @throws IOException if it cannot be written; what was there before is there still
   */
  public void write(ParkedWorld parked) throws IOException {
    Files.createDirectories(folder, OWN_FOLDER);
    Path file = file(parked.world());
    Path part = folder.resolve(parked.world() + ".world.part");
    try {
      Files.deleteIfExists(part); // of a host that has crashed
      try (FileChannel out =
          FileChannel.open(
              part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWN_FILE)) {
        ByteBuffer content = ByteBuffer.wrap(parked.content());
        while (content.hasRemaining()) {
          out.write(content);
        }
        out.force(true);
      }
      rename(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * Makes the parked state of a world the old one, which no start uses any more.
   *
   * @return false if there is none; nothing has happened then
   */
  public boolean setAside(String world) throws IOException {
    try {
      rename(file(world), old(world));
      return true;
    } catch (NoSuchFileException none) {
      return false;
    }
  }

  /** In place of what has that name; on the disk, too, when this returns. */
  private void rename(Path file, Path name) throws IOException {
    Files.move(file, name, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }
}
