package slipway.server.acceptor;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The file of a Unix domain socket: only the user that runs the host may use it, and a file that a
 * killed host has left is removed.
 *
 * <p>The socket is bound as a draft beside the file and moved there when it is ready. So a client
 * finds the old socket or this one, and nothing between.
 */
final class UnixSocketFile {

  private static final int LONGEST_DRAFT = 10;

  private final Path path;
  private final Path draft;
  private Object key;

  UnixSocketFile(Path path) {
    this.path = path;
    this.draft = path.resolveSibling(draftName(path.getFileName().toString()));
  }

  /** Not longer than the name, if that is possible: the system takes short paths only. */
  private static String draftName(String name) {
    String random = String.format("%09d", ThreadLocalRandom.current().nextInt(1_000_000_000));
    return "." + random.substring(0, Math.clamp(name.length(), 4, LONGEST_DRAFT) - 1);
  }

  /** Where the socket is to be bound. */
  Path draft() {
    return draft;
  }

  /**
   * A path that is short enough for the system (about 100 bytes): relative to the working directory
   * if that is shorter.
   *
   * @param home what a relative path counts from; null for the working directory
   */
  static Path shortest(Path path, Path home) {
    Path absolute = (home == null ? path : home.resolve(path)).toAbsolutePath().normalize();
    Path relative = Path.of("").toAbsolutePath().relativize(absolute);
    return relative.toString().length() < absolute.toString().length() ? relative : absolute;
  }

  /**
   * Makes the directory (for this user alone, if it is not there) and removes the socket of a host
   * that no longer runs.
   *
   * @param replaced the file that this one takes the place of; null for none
   * @throws BindException if a process listens there, or the file is something else
   */
  void prepare(UnixSocketFile replaced) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    boolean ours = replaced != null && replaced.key != null && replaced.key.equals(keyOf(path));
    if (!ours && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      removeStale();
    }
  }

  private void removeStale() throws IOException {
    if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther()) {
      throw new BindException("a file that is no socket is in the way");
    }
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.connect(UnixDomainSocketAddress.of(path));
    } catch (ConnectException nobodyListens) {
      Files.delete(path);
      return;
    }
    throw new BindException("Address already in use");
  }

  /** Called once it is bound: from now on this user, and no other, may connect. */
  void publish() throws IOException {
    try {
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
      key = keyOf(draft);
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      Files.deleteIfExists(draft);
      throw failed;
    }
  }

  /** Removes the file, unless it has become another one. */
  void remove() {
    try {
      if (key != null && key.equals(keyOf(path))) {
        Files.delete(path);
      }
    } catch (IOException gone) {
      // what matters is that it is not there
    }
  }

  /** What tells a file from all others; null if there is none. */
  private static Object keyOf(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (NoSuchFileException gone) {
      return null;
    }
  }
}
