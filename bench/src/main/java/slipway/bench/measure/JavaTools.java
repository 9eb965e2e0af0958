package slipway.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a Java process about itself, by the JDK's own tools. */
public final class JavaTools {

  private JavaTools() {}

  /**
   * Objects of one class that are alive.
   *
   * @param bytes on the heap, without what lies outside it
   */
  public record ClassCount(long instances, long bytes) {}

  /** Loaded classes, and the bytes of Metaspace that they use. */
  public record Classes(long loaded, long metaspaceBytes) {}

  /** Collects all garbage, twice: what the first round finalizes, the second takes. */
  public static void collectGarbage(long pid) throws IOException {
    run("jcmd", Long.toString(pid), "GC.run");
    run("jcmd", Long.toString(pid), "GC.run");
  }

  /** What is alive on the heap, by class. */
  public static Map<String, ClassCount> histogram(long pid) throws IOException {
    return parseHistogram(run("jcmd", Long.toString(pid), "GC.class_histogram"));
  }

  static Map<String, ClassCount> parseHistogram(List<String> lines) {
    Map<String, ClassCount> all = new LinkedHashMap<>();
    for (String line : lines) {
      String[] fields = line.strip().split(" +");
      if (fields.length >= 4 && fields[0].matches("[0-9]+:")) {
        // classes of the same name but of different loaders are one here
        all.merge(
            fields[3],
            new ClassCount(Long.parseLong(fields[1]), Long.parseLong(fields[2])),
            (one, other) ->
                new ClassCount(one.instances() + other.instances(), one.bytes() + other.bytes()));
      }
    }
    return all;
  }

  /** Loaded classes; collect garbage before, or those that could go are counted, too. */
  public static Classes classes(long pid) throws IOException {
    String id = Long.toString(pid);
    Map<String, Double> counts = parseColumns(run("jstat", "-class", id));
    Map<String, Double> memory = parseColumns(run("jstat", "-gc", id));
    // "Loaded" counts those that have gone, too
    return new Classes(
        Math.round(counts.get("Loaded") - counts.getOrDefault("Unloaded", 0.0)),
        Math.round(memory.get("MU") * 1024));
  }

  /** A line of headings and a line of numbers; of headings that come twice, the first counts. */
  static Map<String, Double> parseColumns(List<String> lines) {
    String[] names = lines.get(0).strip().split(" +");
    String[] values = lines.get(1).strip().split(" +");
    Map<String, Double> columns = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      if (!values[i].equals("-")) {
        columns.putIfAbsent(names[i], Double.parseDouble(values[i].replace(',', '.')));
      }
    }
    return columns;
  }

  private static List<String> run(String tool, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output.strip());
    }
    return output.lines().toList();
  }
}
