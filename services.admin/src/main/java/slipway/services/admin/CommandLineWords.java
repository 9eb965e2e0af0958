package slipway.services.admin;

import java.util.ArrayList;
import java.util.List;

/** The words of the command that a line ends in, as far as it is typed. */
final class CommandLineWords {

  private static final String COMMAND_ENDS = "|;&(){}";

  private CommandLineWords() {}

  /**
   * Splits a line, without regard to what its words mean.
   *
   * @param line any text
   * @return the words without their quotes; the last one, which may be empty, is the one that is
   *     being typed
   */
  static List<String> of(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    for (char c : line.toCharArray()) {
      if (quote != 0 && c == quote) {
        quote = 0;
      } else if (quote != 0) {
        word.append(c);
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (COMMAND_ENDS.indexOf(c) >= 0) {
        words.clear();
        word.setLength(0);
      } else if (!Character.isWhitespace(c)) {
        word.append(c);
      } else if (word.length() > 0) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    words.add(word.toString());
    return words;
  }
}
