package slipway.server.profile;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.command.CandidatesFor;
import slipway.command.Call;
import slipway.command.Column;
import slipway.command.CommandException;
import slipway.command.Form;
import slipway.command.Table;
import slipway.server.profile.Switch.Report;

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
  private final InstantSource clock;
  private final Call call;

  /** What is to become of timing. */
  enum Turn {
    on,
    off
  }

  ProfileVerbs(Switch sections, InstantSource clock, Call call) {
    this.sections = sections;
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
        "Times the sections that services have named, from on to off, or shows what was measured:",
        "for each section and thread how often it was run and how long it took. The average leaves",
        "out the two least and the two greatest times."
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
