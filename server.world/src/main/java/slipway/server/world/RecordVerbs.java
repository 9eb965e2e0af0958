package slipway.server.world;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import slipway.command.Call;
import slipway.command.Column;
import slipway.command.CommandException;
import slipway.command.Form;
import slipway.command.Table;
import slipway.server.world.record.RecordReader;
import slipway.world.WorldKind;
import slipway.world.WorldService;

/** What the verbs {@code record} and {@code replay} of {@code worlds} do, for one call. */
final class RecordVerbs {

  private static final String SUFFIX = ".record";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final long MIB = 1 << 20;
  private static final int MOST_MIB = 1 << 20;
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final double P99 = 99;
  private static final long SECOND = 1_000_000_000L;
  private static final int MOST_NAMES = 500;

  private static final Table<Replay.Report> REPORT =
      Table.of(
          new Column<>("World", "world", report -> report.start().world()),
          new Column<>("Recorded", "recorded", report -> report.start().version()),
          new Column<>("Frames", "frames", Replay.Report::frames),
          millis("Before", "beforeMillis", Replay.Report::before, Histogram::getMean),
          millis("p99", "beforeP99Millis", Replay.Report::before, RecordVerbs::p99),
          millis("Now", "nowMillis", Replay.Report::now, Histogram::getMean),
          millis("p99", "nowP99Millis", Replay.Report::now, RecordVerbs::p99),
          new Column<>("Thrown", "thrown", Replay.Report::failures),
          new Column<>("First thrown", "firstThrown", Replay.Report::failure),
          new Column<>("First difference", "firstDifference", Replay.Report::difference),
          new Column<>("Complete", "complete", Replay.Report::whole),
          new Column<>("End", "end", Replay.Report::end));

  private final Directory directory;
  private final Path folder;
  private final Call call;

  /** When a person was last told how far it is. */
  private long told = System.nanoTime();

  /**
   * Makes it.
   *
   * @param folder where recordings are, unless it is said otherwise; need not be there
   */
  RecordVerbs(Directory directory, Path folder, Call call) {
    this.directory = directory;
    this.folder = folder;
    this.call = call;
  }

  private static Column<Replay.Report> millis(
      String title,
      String key,
      Function<Replay.Report, Histogram> times,
      Function<Histogram, Number> value) {
    Function<Replay.Report, Double> nanos =
        report -> value.apply(times.apply(report)).doubleValue();
    return new Column<>(title, key, nanos.andThen(Millis::of), nanos.andThen(Millis::text));
  }

  private static Number p99(Histogram times) {
    return times.getValueAtPercentile(P99);
  }

  // ---- record ----------------------------------------------------------------------------------

  /**
   * Records a world.
   *
   * @param given the file; null for one in the folder
   * @param max how large it may become, in MiB
   */
  void record(Directory.Entry entry, Duration time, Path given, int max) throws CommandException {
    if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
      throw refused(
          "record", "--for: allowed is more than 0, up to " + LONGEST.toHours() + "h", null);
    }
    if (max < 1 || max > MOST_MIB) {
      throw refused("record", "--max = " + max + ": allowed is 1 to " + MOST_MIB, null);
    }
    Path file = given == null ? newFile(entry.world().name()) : given;
    Recording.Result result = record(entry, file, new Recording.Bounds(time, max * MIB));
    if (result.failed()) {
      throw refused(
          "record", result.why() + "; " + result.frames() + " frames are in " + file, null);
    }
    call.out()
        .printf(
            Locale.ROOT,
            "%d frames, %d bytes, are in %s: %s%n",
            result.frames(),
            result.bytes(),
            file,
            result.why());
  }

  private Recording.Result record(Directory.Entry entry, Path file, Recording.Bounds bounds)
      throws CommandException {
    String name = entry.world().name();
    try {
      return new Recording(entry.world(), entry.service(), targets(entry.service()))
          .write(file, bounds, (frames, bytes, left) -> tell(frames, bytes, left, name));
    } catch (FileAlreadyExistsException there) {
      throw refused("record", file + " is there already: name another one", there);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw refused("record", "it was interrupted before it began", ended);
    } catch (IOException failed) {
      throw refused("record", file + " cannot be written: " + Work.line(failed), failed);
    } catch (Exception failed) {
      throw refused("record", "world " + name + ": " + Work.line(failed), failed);
    }
  }

  private List<String> targets(String service) {
    return directory.entries().stream()
        .filter(entry -> entry.service().equals(service))
        .map(Directory.Entry::world)
        .filter(world -> world.kind() == WorldKind.GAME)
        .map(HostWorld::name)
        .toList();
  }

  private void tell(long frames, long bytes, Duration left, String name) {
    if (isTime()) {
      call.waits(
          "the recording of world %s: %d frames, %.1f MB; %d s are left"
              .formatted(name, frames, bytes / 1e6, left.toSeconds()));
    }
  }

  private boolean isTime() {
    long now = System.nanoTime();
    boolean isTime = now - told >= SECOND;
    told = isTime ? now : told;
    return isTime;
  }

  private Path newFile(String world) throws CommandException {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException failed) {
      throw refused("record", folder + " cannot be made: " + Work.line(failed), failed);
    }
    return folder.resolve(world + "-" + TIME.format(Instant.now()) + SUFFIX);
  }

  // ---- replay ----------------------------------------------------------------------------------

  /**
   * Tells a version what was recorded.
   *
   * @param text the path of a recording, or the name of one in the folder
   * @param jar the version; null for the one that runs
   */
  void replay(String text, Path jar, Form form) throws CommandException {
    Replay.Report report;
    try (RecordReader recording = new RecordReader(file(text))) {
      report = replay(recording, jar);
    } catch (NoSuchFileException none) {
      throw refused("replay", none.getFile() + " is not there", none);
    } catch (IOException failed) {
      throw refused("replay", text + ": " + Work.line(failed), failed);
    } catch (IllegalStateException failed) {
      throw refused("replay", Work.line(failed), failed);
    }
    call.show(REPORT, List.of(report), form);
    if (!report.isSame()) {
      throw refused(
          "replay",
          report.failure().isEmpty()
              ? "it does something else: " + report.difference()
              : "it throws: " + report.failure(),
          null);
    }
  }

  private Path file(String text) throws CommandException {
    try {
      Path path = call.directory().resolve(text);
      boolean isName = !text.contains("/") && !Files.exists(path);
      return isName ? folder.resolve(text) : path;
    } catch (InvalidPathException noPath) {
      throw refused("replay", "FILE: allowed is the path of a file", noPath);
    }
  }

  private Replay.Report replay(RecordReader recording, Path jar) throws IOException {
    WorldService running = running(recording.start().service());
    if (jar == null) {
      if (running == null) {
        throw new IllegalStateException(
            "service " + recording.start().service() + " does not run: name a jar, or start it");
      }
      return run(recording, running);
    }
    Class<?> others = running == null ? WorldService.class : running.getClass();
    try (Candidate candidate = new Candidate(jar, others)) {
      return run(recording, candidate.service());
    } catch (IllegalStateException | IOException failed) {
      throw new IllegalStateException(jar.getFileName() + ": " + Work.line(failed), failed);
    }
  }

  private Replay.Report run(RecordReader recording, WorldService version) throws IOException {
    return new Replay(recording, version, System::nanoTime)
        .run(
            frames -> {
              if (isTime()) {
                call.waits("the replay, which is in frame " + frames);
              }
            });
  }

  /** The version that runs the worlds of a service; null if none does. */
  private WorldService running(String service) {
    return directory.entries().stream()
        .filter(entry -> entry.service().equals(service))
        .map(entry -> entry.world().tenure())
        .filter(tenure -> tenure != null)
        .map(Tenure::service)
        .findFirst()
        .orElse(null);
  }

  // ---- words -----------------------------------------------------------------------------------

  /** The names of the recordings in the folder. */
  List<String> names() {
    return entries(folder, "", SUFFIX).stream().toList();
  }

  /** What a path could become: folders, which end with a slash, and jars. */
  List<String> jars(String typed) {
    int name = typed.lastIndexOf('/') + 1;
    String parent = typed.substring(0, name);
    return entries(call.directory().resolve(parent), typed.substring(name), ".jar").stream()
        .map(parent::concat)
        .toList();
  }

  private static TreeSet<String> entries(Path folder, String begin, String suffix) {
    TreeSet<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        boolean isFolder = suffix.equals(".jar") && Files.isDirectory(entry);
        if (name.startsWith(begin) && (isFolder || name.endsWith(suffix))) {
          names.add(isFolder ? name + "/" : name);
        }
        if (names.size() == MOST_NAMES) {
          break;
        }
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      // no help then
    }
    return names;
  }

  private static CommandException refused(String verb, String why, Throwable cause) {
    return new CommandException("worlds " + verb + ": " + why, cause);
  }
}
