package slipway.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where it was measured, without anything that names the machine. */
public final class Environment {

  private Environment() {}

  public static Map<String, String> here() throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    all.put(
        "processor",
        Runtime.getRuntime().availableProcessors()
            + " × "
            + processor(Files.readAllLines(Path.of("/proc/cpuinfo"))));
    all.put(
        "memory",
        ProcFiles.parseKibibytes(Files.readAllLines(Path.of("/proc/meminfo")), "MemTotal:")
                / (1 << 20)
            + " MiB");
    all.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    all.put(
        "JDK", System.getProperty("java.vm.version") + " " + System.getProperty("java.vm.vendor"));
    return all;
  }

  static String processor(List<String> cpuinfo) {
    return cpuinfo.stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  /** How many files this process may have open: connections and some dozens more. */
  public static long fileLimit() throws IOException {
    return parseFileLimit(Files.readAllLines(Path.of("/proc/self/limits")));
  }

  static long parseFileLimit(List<String> limits) {
    return limits.stream()
        .filter(line -> line.startsWith("Max open files"))
        .map(line -> line.substring("Max open files".length()).strip().split(" +")[0])
        .mapToLong(soft -> soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft))
        .findFirst()
        .orElse(1024);
  }
}
