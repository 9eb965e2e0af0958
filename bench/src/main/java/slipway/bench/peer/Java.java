package slipway.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How Java is started: the one that runs the bench, and each with the options that the host has.
 */
final class Java {

  private Java() {}

  static String program(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** The program and the options that bin/slipway and conf/jvm.options give to the host. */
  static List<String> command(Path distribution) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program("java"));
    command.add("--enable-native-access=ALL-UNNAMED");
    if (Runtime.version().feature() >= 23) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    for (String line : Files.readAllLines(distribution.resolve("conf/jvm.options"))) {
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        command.add(line.strip());
      }
    }
    return command;
  }
}
