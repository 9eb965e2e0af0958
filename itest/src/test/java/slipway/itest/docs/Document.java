package slipway.itest.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown file of the project, and what its author marked in it for the tests: an HTML comment
 * says what the block of code or the table behind it is.
 *
 * @param file its path below the project's root
 * @param lines its text
 */
record Document(Path file, List<String> lines) {

  private static final Pattern MARK = Pattern.compile("<!-- (.*) -->");

  /**
   * Code between fences.
   *
   * @param language what is written behind the opening fence
   * @param mark what the comment before it says; empty if there is none
   * @param place file and line, for messages
   * @param text its lines
   */
  record Code(String language, String mark, String place, List<String> text) {}

  /** All documents of the project. */
  static List<Document> all(Path root) throws IOException {
    try (Stream<Path> files =
        Stream.of(
                Files.list(root),
                Files.walk(root.resolve("docs")),
                Files.walk(root.resolve("examples")))
            .flatMap(found -> found)
            .filter(file -> file.toString().endsWith(".md"))) {
      return files.sorted().map(file -> read(root, file)).toList();
    }
  }

  private static Document read(Path root, Path file) {
    try {
      return new Document(root.relativize(file), Files.readAllLines(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The blocks of code in their order. */
  List<Code> code() {
    List<Code> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("```")) {
        int start = i;
        i = next(i + 1, line -> line.startsWith("```"));
        found.add(
            new Code(
                lines.get(start).substring(3).strip(),
                mark(start - 1),
                place(start),
                List.copyOf(lines.subList(start + 1, i))));
      }
    }
    return found;
  }

  /** Rows of the tables behind a comment, without their headings: the cells as they are written. */
  List<List<String>> table(String mark) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("<!-- " + mark + " -->")) {
        int end = next(i + 1, line -> !line.startsWith("|"));
        lines.subList(i + 3, end).forEach(row -> rows.add(cells(row)));
      }
    }
    return rows;
  }

  /** The text outside of code. */
  List<String> prose() {
    List<String> prose = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("```")) {
        i = next(i + 1, line -> line.startsWith("```"));
      } else {
        prose.add(lines.get(i));
      }
    }
    return prose;
  }

  private static List<String> cells(String row) {
    return Stream.of(row.strip().substring(1).split("(?<!\\\\)\\|"))
        .map(cell -> cell.strip().replace("\\|", "|"))
        .toList();
  }

  private int next(int from, Predicate<String> wanted) {
    int i = from;
    while (i < lines.size() && !wanted.test(lines.get(i))) {
      i++;
    }
    return i;
  }

  private String mark(int line) {
    Matcher matcher = MARK.matcher(line < 0 ? "" : lines.get(line));
    return matcher.matches() ? matcher.group(1) : "";
  }

  private String place(int line) {
    return file + ":" + (line + 1);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
