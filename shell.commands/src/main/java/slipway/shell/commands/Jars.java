package slipway.shell.commands;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/** Jars as operators name them: a URL, or a path that counts from the host's folder. */
final class Jars {

  /** The beginning of a URL; one letter is none, but may be a drive. */
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  /** More than this many names help nobody. */
  private static final int LIMIT = 500;

  private static final String SERVICES = "services/";

  private Jars() {}

  /** Reads a file or a URL; whether anything is there, the host finds out. */
  static URI parse(String text) {
    try {
      if (SCHEME.matcher(text).matches()) {
        return new URI(text);
      }
      if (!text.isBlank()) {
        return Path.of(text).toAbsolutePath().toUri();
      }
    } catch (URISyntaxException | InvalidPathException neither) {
      // refused below
    }
    throw new TypeConversionException(
        "allowed is a file, or a URL such as https://example.org/echo.jar");
  }

  /**
   * What a path could become: folders, which end with a slash, and jars. Where nothing is typed the
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
