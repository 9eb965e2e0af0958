package slipway.server.data;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mariadb.jdbc.Configuration;
import slipway.config.InvalidConfiguration;

/**
 * Where a database is. Its parameters may hold secrets, so the text for the driver leaves this
 * package through nobody's mouth: {@link #toString} shows what an operator may see.
 */
final class DataUrl {

  static final String FORM =
      "jdbc:h2:file:PATH, jdbc:mariadb://HOST/DATABASE or jdbc:mysql://HOST/DATABASE";

  private static final String H2 = "jdbc:h2:";
  private static final String MARIADB = "jdbc:mariadb:";
  private static final String MYSQL = "jdbc:mysql:";
  private static final Pattern H2_FILE =
      Pattern.compile("jdbc:h2:(?:file:)?(\\.{1,2}/[^;]+)(;.*)?");
  private static final Pattern H2_LOCATED =
      Pattern.compile("jdbc:h2:(?:file:)?((?:~|\\.{1,2})?/[^;]+)(?:;.*)?");

  /** As H2 runs inside the host, the host decides what nobody has said in the URL. */
  private static final String[][] H2_DEFAULTS = {
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

  private final boolean h2;
  private final String driverText;
  private final String shown;

  private DataUrl(boolean h2, String driverText, String shown) {
    this.h2 = h2;
    this.driverText = driverText;
    this.shown = shown;
  }

  /**
   * Reads a URL.
   *
   * @param home the folder from which relative paths of H2's files count
   * @throws InvalidConfiguration if it is not one that the host can use
   */
  static DataUrl of(String text, Path home) throws InvalidConfiguration {
    if (text.startsWith(H2)) {
      return h2(text, home);
    }
    if (text.startsWith(MARIADB) || text.startsWith(MYSQL)) {
      return mariadb(text);
    }
    throw refused(text, FORM);
  }

  private static DataUrl h2(String text, Path home) throws InvalidConfiguration {
    if (text.length() == H2.length()) {
      throw refused(text, FORM);
    }
    if (until(text, ';').indexOf('\\') >= 0) {
      throw refused(text, "a path without a backslash, which H2 takes for a slash");
    }
    if (setting(text, "AUTO_SERVER")
        .filter(value -> !value.equalsIgnoreCase("false"))
        .isPresent()) {
      throw refused(text, "a URL without AUTO_SERVER, which would listen on the network");
    }
    Matcher relative = H2_FILE.matcher(text);
    String located =
        relative.matches()
            ? H2
                + "file:"
                + fromHere(home.resolve(relative.group(1)).normalize())
                + Optional.ofNullable(relative.group(2)).orElse("")
            : text;
    StringBuilder url = new StringBuilder(located);
    for (String[] option : H2_DEFAULTS) {
      if (setting(text, option[0]).isEmpty()) {
        url.append(';').append(option[0]).append('=').append(option[1]);
      }
    }
    return new DataUrl(true, url.toString(), until(text, ';'));
  }

  /** As the host's folder may have a semicolon in its name, which would end the file's. */
  private static String fromHere(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return file.startsWith(here) ? "./" + here.relativize(file) : file.toString();
  }

  private static Optional<String> setting(String url, String name) {
    Matcher matcher =
        Pattern.compile(";\\s*" + name + "\\s*=([^;]*)", Pattern.CASE_INSENSITIVE).matcher(url);
    return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
  }

  private static DataUrl mariadb(String text) throws InvalidConfiguration {
    // one driver speaks to both, and takes the other name only where a parameter says so
    String url = MARIADB + text.substring(text.indexOf(':', "jdbc:".length()) + 1);
    try {
      Configuration parsed = Configuration.parse(url);
      if (parsed != null && !parsed.addresses().isEmpty() && parsed.database() != null) {
        return new DataUrl(false, withDefaults(url), shown(text));
      }
    } catch (SQLException | RuntimeException malformed) {
      // refused below, without the driver's message, which repeats the URL
    }
    throw refused(text, "jdbc:mariadb://HOST:PORT/DATABASE?KEY=VALUE&…, with keys of the driver");
  }

  private static String withDefaults(String url) {
    // a database must not be able to ask for files of the host
    return url.toLowerCase(Locale.ROOT).contains("allowlocalinfile=")
        ? url
        : url + (url.contains("?") ? "&" : "?") + "allowLocalInfile=false";
  }

  private static InvalidConfiguration refused(String text, String allowed) {
    return new InvalidConfiguration("url", shown(text), allowed);
  }

  /** Without parameters and user information, whatever the text looks like. */
  private static String shown(String text) {
    return until(until(text, ';'), '?')
        .replaceAll("//[^/@]*@", "//")
        .replaceAll("\\((?i:user|password|[^()=]*(?:pass|secret)[^()=]*)=[^)]*\\)", "");
  }

  private static String until(String text, char end) {
    int index = text.indexOf(end);
    return index < 0 ? text : text.substring(0, index);
  }

  boolean isH2() {
    return h2;
  }

  /** For the driver alone: may hold secrets. */
  String driverText() {
    return driverText;
  }

  /** H2's file, as an absolute path; empty if there is none, or it is reached in a way of H2's. */
  Optional<Path> file() {
    Matcher matcher = H2_LOCATED.matcher(driverText);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String text = matcher.group(1) + ".mv.db";
    Path file =
        text.startsWith("~/")
            ? Path.of(System.getProperty("user.home"), text.substring(2))
            : Path.of(text);
    return Optional.of(file.toAbsolutePath().normalize());
  }

  /** The URL without user, password and parameters. */
  @Override
  public String toString() {
    return shown;
  }
}
