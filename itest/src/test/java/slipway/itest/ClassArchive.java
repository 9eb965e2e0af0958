package slipway.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The archive of classes that a host writes when it ends, if it has none. That takes seconds of
 * processor time, and the next host of the same distribution can use it; so each test gives its
 * host the one that an earlier one has written.
 */
public final class ClassArchive {

  private static final String NAME = "var/host.jsa";

  /** Null until a host has written one. */
  private static Path kept;

  private ClassArchive() {}

  /**
   * Gives a host the archive, if there is one yet.
   *
   * @param home the host's folder, before its first start
   */
  static synchronized void give(Path home) throws IOException {
    if (kept != null) {
      Path archive = home.resolve(NAME);
      Files.createDirectories(
          archive.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.copy(kept, archive, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /**
   * Keeps what a host has written.
   *
   * @param home the host's folder, after a host has ended by itself
   */
  public static synchronized void keep(Path home) throws IOException {
    Path archive = home.resolve(NAME);
    if (kept == null && Files.exists(archive)) {
      Path copy = Files.createTempFile("slipway-host", ".jsa");
      copy.toFile().deleteOnExit();
      Files.copy(
          archive, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      kept = copy;
    }
  }
}
