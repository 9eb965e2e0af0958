package slipway.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The scripts of a schema, in the order of their versions.
 *
 * @param list their names, for messages, and texts
 */
record Scripts(List<Script> list) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,29}");
  private static final Pattern FILE = Pattern.compile("V([0-9]+(?:[._][0-9]+)*)__[\\w.-]+\\.sql");

  /** One script; the numbers of its version are compared one by one. */
  record Script(String file, List<Integer> version, String text) implements Comparable<Script> {
    @Override
    public int compareTo(Script other) {
      for (int at = 0; at < Math.min(version.size(), other.version.size()); at++) {
        int order = version.get(at).compareTo(other.version.get(at));
        if (order != 0) {
          return order;
        }
      }
      return Integer.compare(version.size(), other.version.size());
    }
  }

  /**
   * Reads {@code schema/NAME/V*.sql}.
   *
   * @throws IllegalArgumentException if the name is none, or there is no script
   */
  static Scripts of(String name, ClassLoader loader) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "schema "
              + name
              + ": allowed are up to 30 lower case letters and digits, a letter first");
    }
    String folder = "schema/" + name;
    try {
      List<Script> scripts = new ArrayList<>();
      for (URL each : Collections.list(loader.getResources(folder))) {
        for (String file : files(each)) {
          Matcher matcher = FILE.matcher(file);
          if (matcher.matches()) {
            scripts.add(script(matcher, loader, folder + "/" + file));
          }
        }
      }
      if (scripts.isEmpty()) {
        throw new IllegalArgumentException(
            "schema " + name + ": there is no script " + folder + "/V1__what.sql");
      }
      scripts.sort(Comparator.naturalOrder());
      return new Scripts(List.copyOf(scripts));
    } catch (IOException failed) {
      throw new UncheckedIOException("the scripts in " + folder + " cannot be read", failed);
    }
  }

  private static Script script(Matcher name, ClassLoader loader, String path) throws IOException {
    List<Integer> version = Stream.of(name.group(1).split("[._]")).map(Integer::valueOf).toList();
    try (InputStream in = loader.getResourceAsStream(path)) {
      return new Script(
          name.group(), version, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** In a folder of classes, or in a jar. */
  private static List<String> files(URL folder) throws IOException {
    if (folder.openConnection() instanceof JarURLConnection jar) {
      String prefix = jar.getEntryName() + "/";
      return jar.getJarFile().stream()
          .map(entry -> entry.getName())
          .filter(entry -> entry.startsWith(prefix))
          .map(entry -> entry.substring(prefix.length()))
          .toList();
    }
    try (Stream<Path> files = Files.list(Path.of(URI.create(folder.toString())))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /**
   * Executes all of them; a statement ends with a semicolon at the end of a line.
   *
   * @throws IllegalStateException if one fails, with its name
   */
  void apply(TestDatabase database) {
    for (Script script : list) {
      for (String statement : script.text().replaceAll("(?m)^\\s*--.*$", "").split(";\\s*(\n|$)")) {
        try {
          if (!statement.isBlank()) {
            database.execute(statement);
          }
        } catch (SQLException failed) {
          throw new IllegalStateException(script.file() + " fails: " + failed.getMessage(), failed);
        }
      }
    }
  }
}
