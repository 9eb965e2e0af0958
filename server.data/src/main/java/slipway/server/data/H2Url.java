package slipway.server.data;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import slipway.config.InvalidConfiguration;

/** Reads URLs of H2: {@code jdbc:h2:[file:]PATH[;KEY=VALUE]…}, or one of H2's own places. */
final class H2Url {

  static final String SCHEME = "jdbc:h2:";

  private static final String FILE = "file:";
  private static final Pattern PATH = Pattern.compile("(?:~|\\.{1,2})?/.+");

  /** As H2 runs inside the host, the host decides what nobody has said in the URL. */
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
    // H2File stops H2's own writer; until then it must not write, as the database is being made
    {"WRITE_DELAY", "3600000"},
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
    String rest = text.substring(SCHEME.length());
    int end = rest.indexOf(';');
    String place = end < 0 ? rest : rest.substring(0, end);
    UrlParameters parameters = UrlParameters.of(';', ';', end < 0 ? "" : rest.substring(end + 1));
    if (rest.isEmpty()) {
      throw DataUrl.refused(text, DataUrl.FORM);
    }
    if (place.indexOf('\\') >= 0) {
      throw DataUrl.refused(text, "a path without a backslash, which H2 takes for a slash");
    }
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
          path.startsWith(".") && file.isPresent() ? FILE + fromHere(file.get()) : place;
      return new DataUrl(
          new H2(), SCHEME + located, parameters, file.map(H2Url::withEnding), SCHEME + place);
    } catch (InvalidPathException invalid) {
      throw DataUrl.refused(text, DataUrl.FORM);
    }
  }

  /**
   * The path of a file without its ending; empty if H2 reaches the database in a way of its own.
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
    return Optional.of(file.normalize());
  }

  private static Path withEnding(Path file) {
    return file.resolveSibling(file.getFileName() + ".mv.db").toAbsolutePath().normalize();
  }

  /** As the host's folder may have a semicolon in its name, which would end the file's. */
  private static String fromHere(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return file.startsWith(here) ? "./" + here.relativize(file) : file.toString();
  }
}
