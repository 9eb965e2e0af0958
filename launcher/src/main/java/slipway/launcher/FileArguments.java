package slipway.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files in the words of a command. The host runs in another folder than who calls it, so that a
 * relative path would mean another file there.
 */
final class FileArguments {

  private static final Set<String> LIBCTL = Set.of("libctl", "slipway:libctl");
  private static final Set<String> JAR_VERBS = Set.of("plan", "install");
  private static final Set<String> USERS = Set.of("users", "slipway:users");
  private static final String PASSWORD_FILE = "--password-file";

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
    if (words.size() < 3) {
      return words;
    }
    if (LIBCTL.contains(words.get(0)) && JAR_VERBS.contains(words.get(1))) {
      return Stream.concat(
              words.stream().limit(2), words.stream().skip(2).map(word -> file(word, directory)))
          .toList();
    }
    return USERS.contains(words.get(0)) ? passwordFile(words, directory) : words;
  }

  private static List<String> passwordFile(List<String> words, Path directory) {
    List<String> absolute = new ArrayList<>(words);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith(PASSWORD_FILE + "=")) {
        String file = word.substring(PASSWORD_FILE.length() + 1);
        absolute.set(i, PASSWORD_FILE + "=" + file(file, directory));
      } else if (i > 0 && words.get(i - 1).equals(PASSWORD_FILE)) {
        absolute.set(i, file(word, directory));
      }
    }
    return absolute;
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
