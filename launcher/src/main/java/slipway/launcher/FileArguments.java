package slipway.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files in the words of a command. The host runs in another folder than who calls it, so that a
 * relative path would mean another file there.
 */
final class FileArguments {

  private static final Set<String> COMMANDS = Set.of("libctl", "slipway:libctl");
  private static final Set<String> VERBS = Set.of("plan", "install");

  /** The beginning of a URL; one letter is none, but may be a drive. */
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private FileArguments() {}

  /**
   * The words with absolute paths where a command takes a file, whether the file is there or not.
   * Options and URLs stay as they are, and so does a whole command line in one word.
   *
   * @param words the command and its arguments
   * @param directory what relative paths count from; absolute
   */
  static List<String> absolute(List<String> words, Path directory) {
    if (words.size() < 3 || !COMMANDS.contains(words.get(0)) || !VERBS.contains(words.get(1))) {
      return words;
    }
    return Stream.concat(
            words.stream().limit(2), words.stream().skip(2).map(word -> file(word, directory)))
        .toList();
  }

  private static String file(String word, Path directory) {
    if (word.isEmpty() || word.startsWith("-") || SCHEME.matcher(word).matches()) {
      return word;
    }
    try {
      return directory.resolve(word).toString();
    } catch (InvalidPathException noPath) {
      return word; // the host says so
    }
  }
}
