package slipway.server.core.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of jars in a folder of {@code var/versions}, each called by the digest of its content:
 * what lies in {@code services/} may change while it is installed, and may be gone when it is to be
 * gone back to. A copy is compared with its digest each time before it is used, as a disk that was
 * full, a crash or a hand may have damaged it. Belongs to the deployer's thread.
 */
final class Copies {

  private static final FileAttribute<?> OWN_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final Logger LOG = LoggerFactory.getLogger(Copies.class);

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
   * Keeps a jar's content; returns the copy. One that is there and damaged is made anew.
   *
   * @throws IOException if the file has changed since it was read, or cannot be copied; nothing is
   *     left then
   */
  ServiceJar keep(ServiceJar jar) throws IOException {
    Path copy = copy(jar.digest());
    if (!isSound(copy, jar.digest())) {
      if (jar.file().equals(copy)) {
        throw new IOException("the one that is there is damaged, and there is no other");
      }
      make(folder);
      write(jar, copy);
    }
    return jar.at(copy);
  }

  private Path copy(String digest) {
    return folder.resolve(digest + JAR);
  }

  private void write(ServiceJar jar, Path copy) throws IOException {
    Path part = folder.resolve(jar.digest() + PART);
    try {
      try (InputStream in = Files.newInputStream(jar.file())) {
        WholeFile.write(in, part);
      }
      if (!ServiceJar.digest(part).equals(jar.digest())) {
        throw new IOException("it has changed while it was read");
      }
      WholeFile.publish(part, copy);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Whether there is a copy, and it has the content that it is called by; else that is told. */
  private static boolean isSound(Path copy, String digest) {
    try {
      if (ServiceJar.digest(copy).equals(digest)) {
        return true;
      }
      tell(copy, "it has another content");
    } catch (NoSuchFileException none) {
      LOG.debug("{} is not there yet", copy);
    } catch (IOException unreadable) {
      tell(copy, Trouble.of(unreadable));
    }
    return false;
  }

  private static void tell(Path copy, String reason) {
    LOG.warn("{} is no good copy, and not used: {}", copy, reason);
  }

  /**
   * The copy of a content, which is compared with its digest first.
   *
   * @throws NoSuchFileException if there is none
   * @throws IOException if it cannot be read or is damaged, which is told
   */
  ServiceJar kept(String digest) throws IOException {
    Path copy = copy(digest);
    try {
      ServiceJar jar = ServiceJar.read(copy);
      if (!jar.digest().equals(digest)) {
        throw new IOException("its copy has another content");
      }
      return jar;
    } catch (NoSuchFileException none) {
      throw none;
    } catch (IOException damaged) {
      tell(copy, Trouble.of(damaged));
      throw damaged;
    }
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
