package slipway.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Spares a host that lives for seconds the work that pays in one that lives for days: it compiles
 * its code in the quick way only, and does not write the archive of classes that a host without one
 * writes when it ends. That takes seconds of processor time, and each host of the same distribution
 * can use the one that an earlier one has written.
 */
public final class ShortLife {

  private static final String ARCHIVE = "var/host.jsa";

  /** Null until a host has written one. */
  private static Path kept;

  private ShortLife() {}

  /**
   * Prepares a host.
   *
   * @param home the host's folder, before its first start
   */
  public static synchronized void prepare(Path home) throws IOException {
    Files.writeString(
        home.resolve("conf/jvm.options"), "\n-XX:TieredStopAtLevel=1\n", StandardOpenOption.APPEND);
    if (kept != null) {
      Path archive = home.resolve(ARCHIVE);
      Files.createDirectories(
          archive.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.copy(kept, archive, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /**
   * Keeps for later hosts what this one has written.
   *
   * @param home the host's folder, after the host has ended by itself
   */
  public static synchronized void ended(Path home) throws IOException {
    Path archive = home.resolve(ARCHIVE);
    if (kept == null && Files.isRegularFile(archive)) {
      Path copy = Files.createTempFile("slipway-host", ".jsa");
      copy.toFile().deleteOnExit();
      Files.copy(
          archive, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      kept = copy;
    }
  }
}
