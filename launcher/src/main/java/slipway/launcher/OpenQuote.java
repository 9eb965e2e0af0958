package slipway.launcher;

/**
 * Whether a command line ends inside a quoted text, as the host's shell sees it. The next line of a
 * script belongs to that text then, and is no command.
 */
final class OpenQuote {

  private OpenQuote() {}

  static boolean isIn(String line) {
    char quote = 0;
    boolean wordBegins = true;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == '\'') {
        quote = c == quote ? 0 : quote;
      } else if (c == '\\') {
        i++;
      } else if (quote == '"') {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '#' && wordBegins) {
        int end = line.indexOf('\n', i);
        i = end < 0 ? line.length() : end;
      }
      wordBegins = quote == 0 && (Character.isWhitespace(c) || "|;&(){}[]=".indexOf(c) >= 0);
    }
    return quote != 0;
  }
}
