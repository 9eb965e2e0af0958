package slipway.launcher;

import java.util.Locale;

/** Where the process's standard streams lead; the script knows, and says so. */
enum Surface {
  /** A terminal with a person: console, and the log's warnings. */
  TERMINAL("WARN"),
  /** A pipe or a file of somebody else's, such as a container's log: the log goes there, too. */
  STREAM("INFO"),
  /** The file {@code var/log/host.out}: what is in the log already does not go there. */
  BACKGROUND("OFF");

  private static final String PROPERTY = "slipway.surface";

  private final String logLevel;

  Surface(String logLevel) {
    this.logLevel = logLevel;
  }

  /** The level from which on records of the log go to standard output, too. */
  String logLevel() {
    return logLevel;
  }

  static Surface current() {
    return valueOf(System.getProperty(PROPERTY, STREAM.name()).toUpperCase(Locale.ROOT));
  }
}
