package slipway.services.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The metrics of all bundles of the host, as their sources have them. */
final class HostsMetrics {

  private static final Path PROJECT = Path.of("..");

  private static final String TEXT = "\"(?:[^\"\\\\]|\\\\.)*\"";

  private static final Pattern METRIC =
      Pattern.compile(
          "Metric\\.(counter|gauge|state|info|histogram)\\(\\s*(%1$s)\\s*,\\s*(%1$s)((?:\\s*,\\s*%1$s)*)\\s*\\)"
              .formatted(TEXT));

  /** One of them. */
  record Known(String name, String kind, List<String> labels, String help) {

    /** As the reference has it. */
    String row() {
      String shown = String.join(", ", labels.stream().map(label -> "`" + label + "`").toList());
      return "| `" + name + "` | " + kind + " | " + shown + " | " + help + " |\n";
    }
  }

  private HostsMetrics() {}

  static Path docs(String file) {
    return PROJECT.resolve("docs").resolve(file);
  }

  /** By name. */
  static List<Known> all() throws IOException {
    try (Stream<Path> modules = Files.list(PROJECT)) {
      return modules
          .filter(module -> module.getFileName().toString().matches("(server|services)\\..*"))
          .filter(module -> !module.endsWith("server.api"))
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .flatMap(HostsMetrics::in)
          .sorted(Comparator.comparing(Known::name))
          .toList();
    }
  }

  private static Stream<Known> in(Path sources) {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> METRIC.matcher(read(file)).results().map(HostsMetrics::known))
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Known known(MatchResult found) {
    Matcher labels = Pattern.compile(TEXT).matcher(found.group(4));
    return new Known(
        plain(found.group(2)),
        found.group(1),
        labels.results().map(label -> plain(label.group())).toList(),
        plain(found.group(3)));
  }

  private static String plain(String literal) {
    return literal.substring(1, literal.length() - 1);
  }
}
