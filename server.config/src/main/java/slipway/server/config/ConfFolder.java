package slipway.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import slipway.config.InvalidConfiguration;

/**
 * The folder {@code conf/} on disk: reads files within limits and replaces them atomically. Has no
 * state; nobody else touches the disk.
 */
final class ConfFolder {

  /** The largest file that is read, in bytes. */
  static final int LIMIT = 64 * 1024;

  private final Path folder;

  ConfFolder(Path folder) {
    this.folder = folder;
  }

  /** A file's name as operators see it. */
  static String shown(String name) {
    return "conf/" + name;
  }

  /** Whether a file lies directly in this folder. */
  boolean holds(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    try {
      return parent != null && parent.toRealPath().equals(folder.toRealPath());
    } catch (IOException gone) {
      return false;
    }
  }

  /** The names of the files that are there, ordered. */
  List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  boolean has(String name) {
    return Files.exists(folder.resolve(name));
  }

  /**
   * Reads a file.
   *
   * @return its text; empty if there is no such file
   * @throws InvalidConfiguration if it cannot be read, is too large or is no text
   */
  Optional<String> read(String name) throws InvalidConfiguration {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
        throw new InvalidConfiguration("is not a file: allowed is a file of text");
      }
      return Optional.of(decode(bytes(file)));
    } catch (NoSuchFileException gone) { // also if it goes while it is looked at
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new InvalidConfiguration("cannot be read: " + reason(unreadable));
    }
  }

  private static byte[] bytes(Path file) throws IOException, InvalidConfiguration {
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      byte[] bytes = size > LIMIT ? new byte[0] : in.readNBytes(LIMIT + 1);
      if (size > LIMIT || bytes.length > LIMIT) {
        throw new InvalidConfiguration(
            "has " + Math.max(size, bytes.length) + " bytes: allowed are up to " + LIMIT);
      }
      return bytes;
    }
  }

  private static String decode(byte[] bytes) throws InvalidConfiguration {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') < 0) {
        return text;
      }
    } catch (CharacterCodingException malformed) {
      // refused below, as text with NUL bytes is
    }
    throw new InvalidConfiguration("is not text: allowed is text in UTF-8 without NUL bytes");
  }

  /**
   * Replaces a file, or makes it, so that a reader finds the old text or the new one and nothing
   * between. Permissions are kept; a new file is for its owner alone. What a symbolic link points
   * to is replaced, not the link.
   *
   * @throws IOException if that fails; names the file and the reason, and nothing has changed
   */
  void write(String name, String text) throws IOException {
    try {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        file = file.toRealPath();
        if (!Files.isWritable(file)) {
          throw new FileSystemException(name, null, "the file is read-only");
        }
      }
      Path folderOfFile = file.getParent();
      // hidden, and with an end that no watcher takes for a configuration; made with mode 0600
      Path temporary = Files.createTempFile(folderOfFile, "." + name + ".", ".tmp");
      try {
        keepPermissions(file, temporary);
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
          ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
          channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
      sync(folderOfFile);
    } catch (IOException failure) {
      throw new IOException(shown(name) + " cannot be written: " + reason(failure), failure);
    }
  }

  private static void keepPermissions(Path file, Path temporary) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(
          Files.exists(file)
              ? Files.getPosixFilePermissions(file)
              : PosixFilePermissions.fromString("rw-------"));
    }
  }

  /**
   * Deletes a file if it is there.
   *
   * @throws IOException if that fails; names the file and the reason
   */
  void delete(String name) throws IOException {
    try {
      if (Files.deleteIfExists(folder.resolve(name))) {
        sync(folder);
      }
    } catch (IOException failure) {
      throw new IOException(shown(name) + " cannot be deleted: " + reason(failure), failure);
    }
  }

  private static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unsupported) {
      // not every system can; the file's own content is on disk already
    }
  }

  private static String reason(IOException failure) {
    if (failure instanceof FileSystemException detailed && detailed.getReason() != null) {
      return detailed.getReason();
    }
    return failure.getClass().getSimpleName().replace("Exception", "")
        + (failure.getMessage() == null ? "" : ": " + failure.getMessage());
  }
}
