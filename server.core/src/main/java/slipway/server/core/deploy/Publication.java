package slipway.server.core.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.AdminException;

/**
 * A jar on its way into {@code services/}: written beside its file under a hidden name, which can
 * fail, before anything else is done; given its name, which can hardly fail, at the end. If it does
 * not come to that, nothing is left.
 */
final class Publication implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Publication.class);
  private static final String ENDING = ".slipway-part";
  private static final AtomicLong COUNT = new AtomicLong();

  private final Path part;
  private final Path target;

  private Publication(Path part, Path target) {
    this.part = part;
    this.target = target;
  }

  /**
   * Writes the content, in the caller's thread.
   *
   * @throws AdminException if that cannot be done; nothing has changed then
   */
  static Publication of(Path content, Path target) throws AdminException {
    if (Files.isDirectory(target)) {
      throw new AdminException(shown(target) + " cannot be written: it is a folder");
    }
    Path part =
        target.resolveSibling("." + target.getFileName() + "-" + COUNT.incrementAndGet() + ENDING);
    try {
      try (InputStream in = Files.newInputStream(content)) {
        WholeFile.write(in, part);
      }
      if (Files.exists(target)) {
        Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(target));
      }
      return new Publication(part, target);
    } catch (IOException failed) {
      delete(part);
      throw new AdminException(refusal(target, failed) + "; nothing was changed", failed);
    }
  }

  /** Why a file cannot be written, and who may. */
  static String refusal(Path target, IOException failed) {
    return shown(target) + " cannot be written: " + Trouble.of(failed) + owner(target.getParent());
  }

  private static String owner(Path folder) {
    try {
      PosixFileAttributes all = Files.readAttributes(folder, PosixFileAttributes.class);
      return " (the folder belongs to "
          + all.owner().getName()
          + ", "
          + PosixFilePermissions.toString(all.permissions())
          + "; the host runs as "
          + System.getProperty("user.name")
          + ")";
    } catch (IOException | UnsupportedOperationException unknown) {
      return "";
    }
  }

  private static String shown(Path target) {
    return target.getParent().getFileName() + "/" + target.getFileName();
  }

  /** Gives the content its name, in place of what has it now, and outlasts a crash. */
  void commit() throws IOException {
    WholeFile.publish(part, target);
  }

  @Override
  public void close() {
    delete(part);
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException left) {
      LOG.warn("{} is left: {}", part, Trouble.of(left));
    }
  }

  /** Deletes what a host that was killed has left in a folder. */
  static void sweep(Path folder) {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, ".*" + ENDING)) {
      parts.forEach(Publication::delete);
    } catch (IOException unreadable) {
      LOG.debug("{} cannot be cleaned up", folder, unreadable);
    }
  }
}
