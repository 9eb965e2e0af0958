package slipway.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the head of Java's error file says.
 *
 * @param cause what happened and where, in one line
 * @param repository where the files of a recording are; empty if there was none
 */
record CrashLog(String cause, Optional<Path> repository) {

  /** The head ends long before. */
  private static final int LINES = 60;

  private static final Pattern CAUSE = Pattern.compile("#\\s+(\\S.*), pid=\\d+, tid=\\d+\\s*");
  private static final Pattern ADDRESS = Pattern.compile(" at pc=0x[0-9a-f]+");
  private static final Pattern NO_MEMORY = Pattern.compile("# (There is insufficient memory.*)");
  private static final String FRAME = "# Problematic frame:";
  private static final Pattern REPOSITORY =
      Pattern.compile("# The JFR repository .*Location: (.*)");

  /** Reads a file; empty if it cannot be read. */
  static Optional<CrashLog> read(Path file) {
    try (Stream<String> text = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return Optional.of(of(text.limit(LINES).toList()));
    } catch (IOException | java.io.UncheckedIOException unreadable) {
      return Optional.empty();
    }
  }

  static CrashLog of(List<String> head) {
    String cause =
        first(NO_MEMORY, head).or(() -> first(CAUSE, head)).orElse("it is not known why");
    int frame = head.indexOf(FRAME);
    String where =
        frame < 0 || frame + 1 >= head.size()
            ? ""
            : ", in " + head.get(frame + 1).replaceFirst("^#\\s*", "").replaceAll("\\s+", " ");
    return new CrashLog(
        ADDRESS.matcher(cause).replaceAll("") + where, first(REPOSITORY, head).map(Path::of));
  }

  private static Optional<String> first(Pattern pattern, List<String> head) {
    return head.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(1).strip())
        .findFirst();
  }
}
