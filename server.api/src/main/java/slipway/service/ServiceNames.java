package slipway.service;

import java.util.Optional;
import java.util.regex.Pattern;

/** Names of services as clients, operators and configurations write them. */
public final class ServiceNames {

  /** What is allowed, for messages. */
  public static final String FORM =
      "a name of 1 to 64 letters, digits, '.', '_' or '-' that begins with a letter or a digit";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern LIBRARY =
      Pattern.compile("(?:[^\\x00]*[/\\\\])?([^/\\\\]+?)(?:\\.dll)?", Pattern.CASE_INSENSITIVE);

  private static final Pattern UPWARDS = Pattern.compile("(?:^|[/\\\\])\\.\\.[/\\\\]");

  private ServiceNames() {}

  /**
   * Whether a text is a name as bundles and configurations have to write it: as clients may write
   * it, but not as a path and without an ending {@code .dll}.
   */
  public static boolean isName(String text) {
    return parse(text).filter(text::equals).isPresent();
  }

  /**
   * Reads a name, even if it is written as the path of a library: {@code ./Services/echo.dll} means
   * {@code echo}. A path that leads out of a folder, as {@code ../echo} does, is no name.
   *
   * @param text what was written; white space around it does not count
   * @return empty if it is no name
   */
  public static Optional<String> parse(String text) {
    var library = LIBRARY.matcher(text.strip());
    return library.matches()
            && NAME.matcher(library.group(1)).matches()
            && !UPWARDS.matcher(text.strip()).find()
        ? Optional.of(library.group(1))
        : Optional.empty();
  }
}
