package slipway.server.data;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import slipway.config.InvalidConfiguration;

/**
 * Reads URLs of H2: {@code jdbc:h2:[file:]PATH[;KEY=VALUE]…}, or one of H2's own places.
 *
 * <p>H2 takes a path as it is written, except for two characters, and has no way to escape those. A
 * semicolon ends the path, and a backslash is read as a slash.
 */
final class H2Url {

  static final String SCHEME = "jdbc:h2:";

  private static final String FILE = "file:";
  private static final Pattern PATH = Pattern.compile("(?:~|\\.{1,2})?/.+");

  /** In a value, a backslash escapes the next character, which may be a semicolon. */
  private static final Pattern SETTINGS =
      Pattern.compile("(?s)(?:;(?:[^;=\\\\]++=[^;\\\\]*+(?:\\\\.[^;\\\\]*+)*+|\\s*+))*+");

  /** As H2 runs inside the host, the host decides what the URL leaves open. */
  private static final String[][] DEFAULTS = {
    // scripts and statements may be the same on MariaDB
    {"MODE", "MariaDB"},
    {"DATABASE_TO_LOWER", "TRUE"},
    {"CASE_INSENSITIVE_IDENTIFIERS", "TRUE"},
    // the host closes the database itself, in order
    {"DB_CLOSE_ON_EXIT", "FALSE"},
    // each write ends on the disk, so old blocks need not be kept against a loss of power for long;
    // but a thread may be held up between a block and the header that says where it is
    {"RETENTION_TIME", "5000"},
    // H2Writer stops H2's own writer; until then it must not write, as the database is being made.
    // H2 itself may wait for a third of this when it stops one that it has just started
    {"WRITE_DELAY", "10000"},
    // a kill while H2 moves blocks as it closes may leave a file that cannot be opened
    {"MAX_COMPACT_TIME", "0"},
    // errors are the caller's to tell, not a second log's
    {"TRACE_LEVEL_FILE", "0"},
  };

  private H2Url() {}

  /**
   * Reads one.
   *
   * @param home the folder from which a relative path counts
   * @throws InvalidConfiguration if the host cannot use it
   */
  static DataUrl of(String text, Path home) throws InvalidConfiguration {
    return of(text, home, Path.of("").toAbsolutePath());
  }

  /**
   * Reads one.
   *
   * @param here the folder from which H2 counts a relative path: the one that the process works in
   */
  static DataUrl of(String text, Path home, Path here) throws InvalidConfiguration {
    String rest = text.substring(SCHEME.length());
    int end = rest.indexOf(';');
    String place = end < 0 ? rest : rest.substring(0, end);
    refuseUnreadable(text, place, end < 0 ? "" : rest.substring(end));
    UrlParameters parameters = UrlParameters.of(';', ';', end < 0 ? "" : rest.substring(end + 1));
    if (parameters.get("AUTO_SERVER").filter(set -> !set.equalsIgnoreCase("false")).isPresent()) {
      throw DataUrl.refused(text, "a URL without AUTO_SERVER, which would listen on the network");
    }
    for (String[] each : DEFAULTS) {
      parameters = parameters.orElse(each[0], each[1]);
    }
    String path = place.startsWith(FILE) ? place.substring(FILE.length()) : place;
    try {
      Optional<Path> file = file(path, home);
      String located =
          path.startsWith(".") && file.isPresent()
              ? FILE + located(text, file.get(), home, here)
              : place;
      return new DataUrl(
          new H2(), SCHEME + located, parameters, file.map(H2Url::withEnding), SCHEME + place);
    } catch (InvalidPathException invalid) {
      throw DataUrl.refused(text, DataUrl.FORM);
    }
  }

  private static void refuseUnreadable(String text, String place, String settings)
      throws InvalidConfiguration {
    if (place.isEmpty()) {
      throw DataUrl.refused(text, DataUrl.FORM);
    }
    if (place.indexOf('\\') >= 0) {
      throw DataUrl.refused(text, "a path without a backslash, which H2 takes for a slash");
    }
    if (place.chars().anyMatch(Character::isISOControl)) {
      throw DataUrl.refused(text, "a path without control characters, such as a line end");
    }
    if (!SETTINGS.matcher(settings).matches()) {
      throw DataUrl.refused(
          text,
          "a path without a semicolon, at which H2 ends it, and then ;KEY=VALUE for each setting,"
              + " with \\; for a semicolon in a value");
    }
  }

  /**
   * The absolute path of a file without its ending; empty if H2 reaches the database in a way of
   * its own.
   *
   * @throws InvalidPathException if the system has no such paths
   */
  private static Optional<Path> file(String path, Path home) {
    if (!PATH.matcher(path).matches()) {
      return Optional.empty();
    }
    Path file =
        path.startsWith("~/")
            ? Path.of(System.getProperty("user.home"), path.substring(2))
            : home.resolve(path);
    return Optional.of(file.toAbsolutePath().normalize());
  }

  private static Path withEnding(Path file) {
    return file.resolveSibling(file.getFileName() + ".mv.db");
  }

  /** The host works in its folder, so a semicolon above the file is not part of the path. */
  private static String located(String text, Path file, Path home, Path here)
      throws InvalidConfiguration {
    boolean relative = file.startsWith(here) || file.toString().indexOf(';') >= 0;
    String path = relative ? "./" + here.relativize(file) : file.toString();
    if (path.indexOf(';') >= 0) {
      throw DataUrl.refused(
          text,
          "a path that has no semicolon, seen from the folder in which the host works; that is "
              + here
              + ", and the path counts from "
              + home);
    }
    return path;
  }
}
