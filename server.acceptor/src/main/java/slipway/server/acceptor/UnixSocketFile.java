package slipway.server.acceptor;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The file of a Unix domain socket: only the user who runs the host may use it, and what a killed
 * host has left behind is cleared away.
 */
final class UnixSocketFile {

  private final Path path;
  private Object key;

  UnixSocketFile(Path path) {
    this.path = path;
  }

  /**
   * A path that is short enough for the system (about 100 bytes): as it counts from the working
   * directory where that is shorter.
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
   * @throws BindException if somebody listens there, or the file is something else
   */
  void prepare() throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
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

  /** Called once it is bound: from now on only this user may connect. */
  void restrict() throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    key = key();
  }

  /** Removes the file, unless it is another one by now. */
  void remove() {
    try {
      if (key != null && key.equals(key())) {
        Files.delete(path);
      }
    } catch (IOException gone) {
      // what matters is that it is not there
    }
  }

  private Object key() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }
}
