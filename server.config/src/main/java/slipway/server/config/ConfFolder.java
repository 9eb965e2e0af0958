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
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import slipway.config.InvalidConfiguration;

/**
 * The folder {@code conf/} on disk: reads files within limits and replaces them atomically. Has no
 * state; nothing else touches the disk. The folder and the files in it may be symbolic links.
 */
class ConfFolder {

  /** The largest file that is read, in bytes. */
  static final int LIMIT = 64 * 1024;

  /** No disk has longer names, in bytes. */
  private static final int LONGEST_NAME = 255;

  private final Path folder;

  ConfFolder(Path folder) {
    this.folder = folder;
  }

  /** A file's name as operators see it, as part of a line. */
  static String shown(String name) {
    return "conf/" + name.replaceAll("\\p{Cntrl}", "?");
  }

  /** The names of the files that are there, ordered. */
  List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Whether a file is there, or cannot be said to be gone. */
  boolean has(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME
        && !Files.notExists(folder.resolve(name));
  }

  /**
   * The stamps of the files that are configurations by their names; what cannot be looked at has
   * {@link FileStamp#UNKNOWN}.
   *
   * @throws IOException if the folder cannot be read
   */
  Map<String, FileStamp> stamps() throws IOException {
    Map<String, FileStamp> stamps = new HashMap<>();
    for (String name : names()) {
      if (ConfFile.of(name).isPresent() && has(name)) {
        stamps.put(name, stamp(name));
      }
    }
    return stamps;
  }

  /** A file's stamp; {@link FileStamp#UNKNOWN} if there is none or it cannot be looked at. */
  FileStamp stamp(String name) {
    try {
      return FileStamp.of(folder.resolve(name));
    } catch (IOException unknown) {
      return FileStamp.UNKNOWN;
    }
  }

  /** Whether others than its owner may read a file; false if the system cannot say. */
  boolean isOpenToOthers(String name) {
    try {
      return Files.getPosixFilePermissions(folder.resolve(name)).stream()
          .anyMatch(
              Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ)::contains);
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }

  /**
   * Reads a file.
   *
   * @return its text; empty if there is no such file
   * @throws InvalidConfiguration if it cannot be read, is too large or is no text
   */
  Optional<String> read(String name) throws InvalidConfiguration {
    Path file = folder.resolve(name);
    try {
      if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
        throw new InvalidConfiguration("is not a file: allowed is a file of text");
      }
      return Optional.of(decode(bytes(file)));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new InvalidConfiguration("cannot be read: " + IoReason.of(unreadable));
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
   * @param before the text that the file has to have; null if there must be none
   * @param after the new text; null to delete the file
   * @return false if the file has another text; then nothing has changed
   * @throws IOException if that fails; names the file and the reason, and nothing has changed
   */
  boolean replace(String name, String before, String after) throws IOException {
    if (after == null) {
      if (!isStill(name, before)) {
        return false;
      }
      delete(name);
      return true;
    }
    try {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        file = file.toRealPath();
        if (!Files.isWritable(file)) {
          throw new FileSystemException(name, null, "the file is read-only");
        }
      }
      Path folderOfFile = file.getParent();
      // hidden, so that it is no configuration; made with mode 0600
      Path temporary = Files.createTempFile(folderOfFile, "." + name + ".", ".tmp");
      try {
        keepPermissions(file, temporary);
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
          ByteBuffer bytes = ByteBuffer.wrap(after.getBytes(StandardCharsets.UTF_8));
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
          force(channel);
        }
        if (!move(temporary, file, name, before)) {
          return false;
        }
      } finally {
        Files.deleteIfExists(temporary);
      }
      sync(folderOfFile);
      return true;
    } catch (IOException failure) {
      throw new IOException(shown(name) + " cannot be written: " + IoReason.of(failure), failure);
    }
  }

  /**
   * Moves the new text to its place, if the old one is still there. Java has no single step for
   * that: the look comes as late as it can, microseconds before the move.
   */
  boolean move(Path temporary, Path file, String name, String before) throws IOException {
    if (!isStill(name, before)) {
      return false;
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  /** Returns when what was written is on the disk. */
  void force(FileChannel channel) throws IOException {
    channel.force(true);
  }

  private boolean isStill(String name, String text) {
    try {
      return Objects.equals(read(name).orElse(null), text);
    } catch (InvalidConfiguration unreadable) {
      return false;
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
      throw new IOException(shown(name) + " cannot be deleted: " + IoReason.of(failure), failure);
    }
  }

  private void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      force(channel);
    } catch (IOException unsupported) {
      // not every system can; the file's own content is on disk already
    }
  }
}
