package slipway.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Readings of {@code /proc}; the parsing is apart from the reading, so that it can be tested. */
public final class ProcFiles {

  /** Of USER_HZ, which is 100 on every Linux of our day. */
  public static final long MICROS_PER_TICK = 10_000;

  private ProcFiles() {}

  /**
   * The machine's time since it was started, in ticks of all its processors together.
   *
   * @param busy in which something ran
   * @param stolen in which a processor was not there, as the hypervisor ran somebody else
   * @param total all of it
   */
  public record MachineTicks(long busy, long stolen, long total) {}

  /** CPU time of a process (user and system, all its threads, also ended ones), in ticks. */
  public static long processTicks(long pid) throws IOException {
    return parseProcessTicks(Files.readString(Path.of("/proc/" + pid + "/stat")));
  }

  static long parseProcessTicks(String stat) {
    // the name of the program, in parentheses, may hold spaces and parentheses
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  /** Ticks of the whole machine. */
  public static MachineTicks machineTicks() throws IOException {
    return parseMachineTicks(Files.readString(Path.of("/proc/stat")));
  }

  static MachineTicks parseMachineTicks(String stat) {
    String[] fields = stat.lines().findFirst().orElseThrow().trim().split(" +");
    long total = 0;
    for (int i = 1; i <= 8; i++) { // guest time, behind them, is counted in user time already
      total += Long.parseLong(fields[i]);
    }
    long idle = Long.parseLong(fields[4]) + Long.parseLong(fields[5]);
    long stolen = Long.parseLong(fields[8]);
    return new MachineTicks(total - idle - stolen, stolen, total);
  }

  /** Bytes of a process that are in memory (Rss of smaps_rollup). */
  public static long residentBytes(long pid) throws IOException {
    return parseKibibytes(Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")), "Rss:");
  }

  /** Bytes that a process has had written to storage (write_bytes of io). */
  public static long writtenBytes(long pid) throws IOException {
    return parseBytes(Files.readAllLines(Path.of("/proc/" + pid + "/io")), "write_bytes:");
  }

  static long parseBytes(List<String> lines, String key) {
    return number(lines, key);
  }

  static long parseKibibytes(List<String> lines, String key) {
    return number(lines, key) * 1024;
  }

  private static long number(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no line begins with " + key));
  }
}
