package slipway.server.core.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Copies of jars in a folder of {@code var/versions}, each called by the digest of its content:
 * what lies in {@code services/} may change while it is installed, and may be gone when it is to be
 * gone back to. Belongs to the deployer's thread.
 */
final class Copies {

  private static final FileAttribute<?> OWN_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final String JAR = ".jar";
  private static final String PART = ".part";

  /** A copy, or what is left of one that was not finished. */
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{64})(\\.jar|\\.part)");

  private final Path folder;

  Copies(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder if it is not there, for this user alone. */
  static void make(Path folder) throws IOException {
    Files.createDirectories(folder, OWN_FOLDER);
  }

  /**
   * Keeps a jar's content; returns the copy.
   *
   * @throws IOException if the file has changed since it was read, or cannot be copied; nothing is
   *     left then
   */
  ServiceJar keep(ServiceJar jar) throws IOException {
    Path kept = folder.resolve(jar.digest() + JAR);
    if (!Files.exists(kept)) {
      make(folder);
      Path part = folder.resolve(jar.digest() + PART);
      try {
        try (InputStream in = Files.newInputStream(jar.file())) {
          WholeFile.write(in, part);
        }
        if (!ServiceJar.digest(part).equals(jar.digest())) {
          throw new IOException("it has changed while it was read");
        }
        WholeFile.publish(part, kept);
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return jar.at(kept);
  }

  /**
   * The copy of a content.
   *
   * @throws IOException if there is none, or it cannot be read
   */
  ServiceJar kept(String digest) throws IOException {
    return ServiceJar.read(folder.resolve(digest + JAR));
  }

  /** Drops all copies except these, and what is left of others. */
  void retain(Set<String> digests) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches() && !(name.group(2).equals(JAR) && digests.contains(name.group(1)))) {
          Files.delete(file);
        }
      }
    }
  }
}
