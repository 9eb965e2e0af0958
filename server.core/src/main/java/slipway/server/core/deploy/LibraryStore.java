package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of the libraries that are installed, by their digests: what lies in {@code services/} may
 * have changed when one has to be put back. Belongs to the deployer's thread.
 */
final class LibraryStore {

  private static final Logger LOG = LoggerFactory.getLogger(LibraryStore.class);

  private final Path folder;

  LibraryStore(Path folder) {
    this.folder = folder;
  }

  /** Keeps a jar; returns the copy. */
  ServiceJar keep(ServiceJar jar) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path kept = folder.resolve(jar.digest() + ".jar");
    if (!Files.exists(kept)) {
      Path part = folder.resolve(jar.digest() + ".part");
      try {
        Files.copy(jar.file(), part, StandardCopyOption.REPLACE_EXISTING);
        if (!ServiceJar.digest(part).equals(jar.digest())) {
          throw new IOException("it has changed while it was read");
        }
        Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return jar.at(kept);
  }

  /** Drops what nobody needs. */
  void prune(Collection<String> digests) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (!digests.contains(file.getFileName().toString().replace(".jar", ""))) {
          Files.delete(file);
        }
      }
    } catch (NoSuchFileException none) {
      // nothing is kept yet
    } catch (IOException left) {
      LOG.warn("{}: old libraries are left: {}", folder, Trouble.of(left));
    }
  }
}
