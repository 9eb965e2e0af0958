package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Looks at {@code services/}, which costs the reading of a folder and the attributes of its jars.
 * What counts is a regular file, or a link to one or to nothing, whose name ends with {@code .jar}
 * and does not begin with a dot. Nothing else is ever touched.
 */
final class FolderLook {

  static final String ENDING = ".jar";

  private final Path folder;

  FolderLook(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** Whether a file of this name counts. */
  static boolean counts(String name) {
    return name.endsWith(ENDING) && !name.startsWith(".");
  }

  /**
   * The jars that lie there now, by their names.
   *
   * @throws IOException if the folder cannot be read; that says nothing about its files
   */
  SortedMap<Path, FileStamp> jars() throws IOException {
    SortedMap<Path, FileStamp> jars = new TreeMap<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> counts(file.getFileName().toString()))) {
      for (Path file : files) {
        FileStamp.of(file).ifPresent(stamp -> jars.put(file, stamp));
      }
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    return jars;
  }
}
