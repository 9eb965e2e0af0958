package slipway.server.profile;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.command.Call;
import slipway.command.CandidatesFor;
import slipway.command.Column;
import slipway.command.CommandException;
import slipway.command.Form;
import slipway.command.Table;
import slipway.server.profile.Switch.Report;
import slipway.server.profile.record.RecordTurn;
import slipway.server.profile.record.Recordings;
import slipway.server.profile.top.Profiler;
import slipway.server.profile.top.TopVerb;

/** The verbs of {@code profile}, for one call. */
@Command
final class ProfileVerbs {

  private static final double NANOS_OF_MICRO = 1e3;

  private static final Table<Measured> SECTIONS =
      Table.of(
          new Column<>("Service", "service", each -> each.owner().service()),
          new Column<>("Version", "version", each -> each.owner().version()),
          new Column<>("Section", "section", Measured::section),
          new Column<>("Thread", "thread", Measured::thread),
          new Column<>("Calls", "calls", each -> each.figures().calls()),
          micros("Total", "totalMicros", figures -> figures.total()),
          micros("Average", "averageMicros", Figures::average),
          micros("Least", "leastMicros", figures -> figures.least()),
          micros("Greatest", "greatestMicros", figures -> figures.greatest()));

  private final Switch sections;
  private final Profiler profiler;
  private final Recordings recordings;
  private final InstantSource clock;
  private final Call call;

  /** What is to become of timing. */
  enum Turn {
    on,
    off
  }

  ProfileVerbs(
      Switch sections, Profiler profiler, Recordings recordings, InstantSource clock, Call call) {
    this.sections = sections;
    this.profiler = profiler;
    this.recordings = recordings;
    this.clock = clock;
    this.call = call;
  }

  private static Column<Measured> micros(
      String title, String key, ToDoubleFunction<Figures> nanos) {
    return new Column<>(
        title,
        key,
        each -> nanos.applyAsDouble(each.figures()) / NANOS_OF_MICRO,
        each -> micros(nanos.applyAsDouble(each.figures())));
  }

  static String micros(double nanos) {
    return String.format(Locale.ROOT, "%,.2f µs", nanos / NANOS_OF_MICRO);
  }

  @Command(
      description = {
        "Shows what each service and version uses, also in threads that it has made.",
        "CPU is processor time; 100 %% is one processor. Allocated is memory that was allocated, "
            + "in use or not. In handlers is for how long its handlers had an event loop; 100 %% "
            + "is one event loop. Samples is how often its code was found computing. host, gc and "
            + "jvm are what belongs to no service.",
        "A table comes at once and every two seconds; the last one is of the whole time. Ctrl-C "
            + "ends it early."
      })
  void top(
      @Option(
              names = "--for",
              paramLabel = "TIME",
              defaultValue = "10s",
              description = "How long, 1s to 1h; ${DEFAULT-VALUE} unless said.")
          Duration time,
      @Option(
              names = "--json",
              description = "Writes one JSON array, of the whole time, and no tables.")
          boolean json)
      throws CommandException, InterruptedException {
    new TopVerb(profiler, call).run(time, json);
  }

  @Command(
      description = {
        "Records for a while which code computes, and draws it as a flame graph.",
        "The graph is one HTML file for any browser, which only the host's user can read. Ctrl-C "
            + "ends it, and nothing is written."
      })
  void flame(
      @Option(names = "--alloc", description = "Draws what code allocates instead.") boolean alloc,
      @Option(
              names = "--service",
              paramLabel = "NAME",
              description = "Draws only what is done for this service, of all its versions.")
          String service,
      @Option(
              names = "--for",
              paramLabel = "TIME",
              defaultValue = "30s",
              description = "How long, 1s to 10m; ${DEFAULT-VALUE} unless said.")
          Duration time,
      @Option(
              names = "--to",
              paramLabel = "FILE",
              description = "A file that is not there yet; else one in var/dump.")
          String file)
      throws CommandException, InterruptedException {
    recordings.flame(call, alloc, service, time, file);
  }

  @Command(
      description = {
        "Records the last minutes of the JVM, or says whether it does.",
        "conf/slipway.profile.cfg says whether it does so after a start, and how much is kept."
      })
  void record(
      @Parameters(
              arity = "0..1",
              paramLabel = "on|off|save",
              description =
                  "on begins it; off ends it and drops what was recorded; save writes what is"
                      + " kept into var/dump, and it continues.")
          RecordTurn turn)
      throws CommandException, InterruptedException {
    recordings.record(call, turn);
  }

  @Command(
      description = {
        "Times the sections that services have named, or shows what was measured.",
        "It shows for each section and thread how often it was run and how long it took. The "
            + "average leaves out the two least and the two greatest times."
      })
  void sections(
      @Parameters(
              arity = "0..1",
              paramLabel = "on|off",
              description = "on begins anew; off ends it, and what was measured stays.")
          Turn turn,
      @Option(names = "--json", description = "Writes one JSON array.") boolean json)
      throws CommandException {
    if (turn == null) {
      show(json);
    } else if (turn == Turn.on) {
      call.out().print(sections.turnOn(clock.instant()) ? "on\n" : "on already\n");
    } else {
      call.out().print(sections.turnOff(clock.instant()) ? "off\n" : "off already\n");
    }
  }

  private void show(boolean json) throws CommandException {
    call.show(SECTIONS, sorted(begun("sections")), Form.json(json));
  }

  @Command(
      description = {
        "Writes what was measured of sections to a new file, which only the host's user can read."
      })
  void save(@Parameters(paramLabel = "FILE", description = "The new file.") String name)
      throws CommandException {
    Report report = begun("save");
    List<Measured> lines = sorted(report);
    try {
      Path file = call.directory().resolve(name);
      SectionFile.write(file, report, lines);
      call.out().print("saved: " + lines.size() + " lines in " + file + "\n");
    } catch (InvalidPathException wrong) {
      throw new CommandException("profile save: FILE = " + name + ": " + wrong.getReason());
    } catch (FileAlreadyExistsException there) {
      throw new CommandException("profile save: " + name + " is there already; name a new file");
    } catch (IOException failed) {
      throw new CommandException("profile save: " + name + " cannot be written: " + failed);
    }
  }

  @CandidatesFor("on|off")
  List<Turn> turns() {
    return List.of(Turn.values());
  }

  @CandidatesFor("NAME")
  List<String> services() {
    return List.copyOf(recordings.services());
  }

  @CandidatesFor("on|off|save")
  List<RecordTurn> recordTurns() {
    return List.of(RecordTurn.values());
  }

  private Report begun(String verb) throws CommandException {
    Report report = sections.report();
    if (report.since() == null) {
      throw new CommandException(
          "profile " + verb + ": nothing was measured; begin by: profile sections on");
    }
    return report;
  }

  private static List<Measured> sorted(Report report) {
    return report.measured().stream().sorted(Measured.BY_NAME).toList();
  }
}
