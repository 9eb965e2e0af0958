package slipway.launcher;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes one Gogo command line of the words that a shell has split already. */
final class GogoQuoting {

  private static final Pattern COMMAND = Pattern.compile("[A-Za-z][A-Za-z0-9._:-]*");

  private GogoQuoting() {}

  /**
   * The line that gives a command its arguments letter by letter.
   *
   * <p>One word with white space in it is a whole command line, as in {@code 'libctl ps; acserv
   * ps'}: no command has such a name.
   *
   * @param words the command and its arguments; not empty
   */
  static String line(List<String> words) {
    String command = words.get(0);
    if (words.size() == 1 && command.chars().anyMatch(Character::isWhitespace)) {
      return command.strip();
    }
    String first = COMMAND.matcher(command).matches() ? command : quote(command);
    return words.stream()
        .skip(1)
        .map(word -> " " + quote(word))
        .collect(Collectors.joining("", first, ""));
  }

  /**
   * The word as Gogo reads it back. All words are quoted, also those that look harmless: Gogo takes
   * {@code 1.50} for a number and {@code true} for a truth value.
   */
  static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
