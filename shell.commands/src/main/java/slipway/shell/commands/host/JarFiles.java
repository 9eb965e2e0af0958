package slipway.shell.commands.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The jars and folders that the path of a jar could lead to. */
final class JarFiles {

  /** More than this many names help nobody. */
  private static final int LIMIT = 500;

  private static final String SERVICES = "services/";

  private JarFiles() {}

  /**
   * What a path could become: folders, which end with a slash, and jars. If nothing is typed, the
   * jars of {@code services/} come first.
   *
   * @param typed what is typed of it
   * @param directory what relative paths count from
   */
  static List<String> candidates(String typed, Path directory) {
    int name = typed.lastIndexOf('/') + 1;
    Stream<String> entries = entries(typed.substring(0, name), typed.substring(name), directory);
    return (typed.isEmpty() ? Stream.concat(entries(SERVICES, "", directory), entries) : entries)
        .toList();
  }

  private static Stream<String> entries(String folder, String begin, Path directory) {
    TreeSet<String> found = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory.resolve(folder))) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        boolean isFolder = Files.isDirectory(entry);
        if (name.startsWith(begin)
            && name.startsWith(".") == begin.startsWith(".")
            && (isFolder || name.endsWith(".jar"))) {
          found.add(folder + name + (isFolder ? "/" : ""));
        }
        if (found.size() == LIMIT) {
          break;
        }
      }
    } catch (IOException | DirectoryIteratorException | InvalidPathException unreadable) {
      // no help then
    }
    return found.stream();
  }
}
