package slipway.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** At which of the framework's start levels each bundle starts. */
final class StartLevels {

  /** The level that the framework goes up to. */
  static final int LAST = 20;

  private static final int DEFAULT = 10;

  private final Map<String, Integer> levels;

  private StartLevels(Map<String, Integer> levels) {
    this.levels = levels;
  }

  /**
   * Reads the levels.
   *
   * @param file properties: a bundle's symbolic name and its level
   */
  static StartLevels read(Path file) throws LaunchException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new LaunchException(ExitCode.FAILED, file + " cannot be read: " + Reason.of(e));
    }
    Map<String, Integer> levels = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      levels.put(name, level(file, name, properties.getProperty(name).strip()));
    }
    return new StartLevels(levels);
  }

  private static int level(Path file, String name, String value) throws LaunchException {
    if (value.matches("\\d{1,2}")) {
      int level = Integer.parseInt(value);
      if (level >= 1 && level <= LAST) {
        return level;
      }
    }
    throw new LaunchException(
        ExitCode.FAILED,
        file + ": " + name + " = " + value + ": allowed is a whole number from 1 to " + LAST);
  }

  /** The level of the bundle with this symbolic name. */
  int of(String symbolicName) {
    return levels.getOrDefault(symbolicName, DEFAULT);
  }
}
