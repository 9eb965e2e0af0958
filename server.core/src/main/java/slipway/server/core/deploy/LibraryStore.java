package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of the libraries that are installed, by their digests, and a list of the files that they
 * are: what lies in {@code services/} may have changed when one has to be put back, and may be
 * damaged at a start. There are no more copies than libraries. Belongs to the deployer's thread.
 */
final class LibraryStore {

  private static final Logger LOG = LoggerFactory.getLogger(LibraryStore.class);

  private static final String LIST = "files";
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})\t([^\t]+)");

  private final Path folder;
  private final Copies copies;

  LibraryStore(Path folder) {
    this.folder = folder;
    this.copies = new Copies(folder);
  }

  /** Keeps a jar; returns the copy. */
  ServiceJar keep(ServiceJar jar) throws IOException {
    return copies.keep(jar);
  }

  /**
   * The copy of the library that a file was when the host ended, or is now.
   *
   * @return empty if it was none
   * @throws IOException if it cannot be read, or is damaged
   */
  Optional<ServiceJar> kept(Path file) throws IOException {
    for (String line : list().lines().toList()) {
      Matcher entry = LINE.matcher(line);
      if (entry.matches() && entry.group(2).equals(file.getFileName().toString())) {
        return Optional.of(copies.kept(entry.group(1)));
      }
    }
    return Optional.empty();
  }

  private String list() throws IOException {
    try {
      return new String(Files.readAllBytes(folder.resolve(LIST)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException none) {
      return "";
    }
  }

  /**
   * Notes what is installed, and drops every other copy.
   *
   * @param digests the digest of each library, by its file
   */
  void retain(Map<Path, String> digests) {
    try {
      save(digests); // first, as it is not to name what there is no copy of
      copies.retain(Set.copyOf(digests.values()));
    } catch (NoSuchFileException none) {
      // nothing is kept yet
    } catch (IOException left) {
      LOG.warn("{}: what is kept there is not what is installed: {}", folder, Trouble.of(left));
    }
  }

  private void save(Map<Path, String> digests) throws IOException {
    String text =
        digests.entrySet().stream()
            .map(some -> some.getValue() + "\t" + some.getKey().getFileName() + "\n")
            .sorted()
            .collect(Collectors.joining());
    if (text.equals(list())) {
      return;
    }
    WholeFile.replace(
        folder.resolve(LIST),
        folder.resolve(LIST + ".part"),
        text.getBytes(StandardCharsets.UTF_8));
  }
}
