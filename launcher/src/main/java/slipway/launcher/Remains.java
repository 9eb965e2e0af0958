package slipway.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.dump.Secrets;
import slipway.dump.kept.DumpDraft;
import slipway.dump.kept.DumpFolder;
import slipway.dump.kept.KeptDump;

/**
 * What dead hosts have left: a virtual machine that dies can only write where its options say. The
 * next host puts that into a dump, with the end of the log as it found it. To be called by a
 * process that is the host, before it writes a log of its own.
 */
final class Remains {

  /** Each has the number of its process. Java names recordings by itself, in the working folder. */
  private static final Pattern FILE =
      Pattern.compile(
          "(?:java_pid|crash-|hs_err_pid|hs_oom_pid|hs_soe_pid)(\\d{1,18})"
              + "\\.(hprof\\.gz|hprof|log|jfr|txt)");

  private final Home home;
  private final DumpFolder dumps;

  Remains(Home home, DumpFolder dumps) {
    this.home = home;
    this.dumps = dumps;
  }

  /**
   * Makes a dump of what each dead host has left.
   *
   * @return the dumps, the oldest first; most often none
   * @throws IOException if one cannot be made; the files stay then
   */
  List<KeptDump> collect() throws IOException, InterruptedException {
    Map<String, List<Path>> byProcess = new TreeMap<>();
    for (Path folder : List.of(dumps.root(), home.log(), home.root())) {
      if (Files.isDirectory(folder)) {
        find(folder, byProcess);
      }
    }
    List<KeptDump> collected = new ArrayList<>();
    for (Map.Entry<String, List<Path>> process : byProcess.entrySet()) {
      // a text alone is beside a dump that an operator has taken away
      if (process.getValue().stream().anyMatch(file -> !hasEnding(file, ".txt"))) {
        collected.add(collect(process.getKey(), process.getValue()));
      }
    }
    return collected;
  }

  private static void find(Path folder, Map<String, List<Path>> byProcess) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (name.matches() && Files.isRegularFile(file)) {
          byProcess.computeIfAbsent(name.group(1), pid -> new ArrayList<>()).add(file);
        }
      }
    }
  }

  private KeptDump collect(String pid, List<Path> files) throws IOException, InterruptedException {
    Instant when = Instant.EPOCH;
    for (Path file : files) {
      Instant written = Files.getLastModifiedTime(file).toInstant();
      when = written.isAfter(when) ? written : when;
    }
    Optional<Path> log = files.stream().filter(file -> hasEnding(file, ".log")).findFirst();
    Optional<CrashLog> crash = log.flatMap(CrashLog::read);
    boolean memory = files.stream().anyMatch(Remains::isHeap);
    try (DumpDraft draft = dumps.begin(when)) {
      draft.note("It was process " + pid + ", which had ended when this was collected.");
      Scene.addTo(draft, home);
      if (files.stream().noneMatch(file -> hasEnding(file, ".jfr"))) {
        new Repository(home, pid, crash.flatMap(CrashLog::repository)).addTo(draft);
      }
      // last, as a draft that fails is deleted, and what was moved there would be, too
      for (Path file : files) {
        take(draft, file);
      }
      return draft.keep(summary(crash, memory), false);
    }
  }

  private static String summary(Optional<CrashLog> crash, boolean memory) {
    return memory
        ? "the host ended, as no memory was left"
        : "the host crashed" + crash.map(log -> ": " + log.cause()).orElse("");
  }

  private static void take(DumpDraft draft, Path file) throws IOException, InterruptedException {
    String name = file.getFileName().toString();
    if (isHeap(file)) {
      draft.take(
          file, "heap" + name.substring(name.indexOf('.')), "the heap, with users' secrets in it");
    } else if (hasEnding(file, ".jfr")) {
      draft.take(file, "recording.jfr", "the last minutes of the recording");
    } else if (hasEnding(file, ".txt")) {
      draft.take(file, "memory.txt", "the heap at a glance");
    } else if (draft.write(
        "error.log", "Java's error file", out -> copyWithoutSecrets(file, out))) {
      Files.deleteIfExists(file);
    }
  }

  /** Its command line may have some. */
  private static void copyWithoutSecrets(Path file, OutputStream out) throws IOException {
    // of which each byte is a character: parts of it are memory
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      out.write((Secrets.without(line) + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static boolean isHeap(Path file) {
    return hasEnding(file, ".hprof") || hasEnding(file, ".hprof.gz");
  }

  private static boolean hasEnding(Path file, String ending) {
    return file.getFileName().toString().endsWith(ending);
  }
}
