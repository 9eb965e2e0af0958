package slipway.server.world;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.command.Call;
import slipway.command.CandidatesFor;
import slipway.command.Column;
import slipway.command.CommandException;
import slipway.command.Form;
import slipway.command.Table;
import slipway.server.world.Directory.Entry;
import slipway.server.world.Recent.Figures;
import slipway.server.world.WorldCounts.Totals;

/** The verbs of {@code worlds}, for one call. */
@Command
final class WorldsVerbs {

  private static final String JSON = "Writes one JSON array.";
  private static final double NANOS_OF_MILLI = 1e6;

  private final Directory directory;
  private final Call call;

  WorldsVerbs(Directory directory, Call call) {
    this.directory = directory;
    this.call = call;
  }

  // ---- columns ---------------------------------------------------------------------------------

  private final Table<Entry> worlds =
      Table.of(
          new Column<>("World", "world", of(HostWorld::name)),
          new Column<>("Service", "service", Entry::service),
          new Column<>("Version", "version", of(WorldsVerbs::version)),
          new Column<>("State", "state", of(world -> world.status().state())),
          new Column<>("Kind", "kind", of(HostWorld::kind)),
          new Column<>("Loop", "loop", this::loop),
          new Column<>("FPS", "fps", of(world -> world.spec().fps())),
          rate("Reached", "reached", Figures::fps),
          millis("Late p99", "lateP99Millis", figures -> (double) figures.lateP99()),
          millis("p99.9", "lateP999Millis", figures -> (double) figures.lateP999()),
          millis("Busy", "busyMillis", Figures::busyMean),
          millis("p99", "busyP99Millis", figures -> (double) figures.busyP99()),
          total("Overrun", "overrun", Totals::overruns),
          total("Skipped", "skipped", Totals::skipped),
          new Column<>("Sessions", "sessions", of(world -> world.places().taken())),
          rate("In/s", "inPerSecond", Figures::received),
          rate("Out/s", "outPerSecond", Figures::sent),
          total("Inbox", "inbox", Totals::inboxes),
          total("Slow", "slow", Totals::slow),
          new Column<>("Reason", "reason", of(world -> world.status().reason())));

  private static String version(HostWorld world) {
    Tenure tenure = world.tenure();
    return tenure == null ? "" : tenure.version();
  }

  private int loop(Entry entry) {
    return directory.loops().indexOf(entry.world().seat().loop()) + 1;
  }

  private static <T> Function<Entry, T> of(Function<HostWorld, T> value) {
    return entry -> value.apply(entry.world());
  }

  private static Column<Entry> total(String title, String key, Function<Totals, Long> value) {
    return new Column<>(title, key, of(world -> value.apply(world.counts().totals())));
  }

  private static Column<Entry> rate(String title, String key, Function<Figures, Double> value) {
    return new Column<>(
        title,
        key,
        entry -> Math.round(value.apply(entry.recent().figures()) * 10) / 10.0,
        entry -> Math.round(value.apply(entry.recent().figures())));
  }

  /** What is not known without a frame is a hyphen, or null. */
  private static Column<Entry> millis(String title, String key, Function<Figures, Double> nanos) {
    Function<Entry, Double> value =
        entry -> {
          Figures figures = entry.recent().figures();
          return figures.frames() == 0 ? null : nanos.apply(figures) / NANOS_OF_MILLI;
        };
    return new Column<>(
        title,
        key,
        value,
        entry ->
            Optional.ofNullable(value.apply(entry))
                .map(millis -> String.format(Locale.ROOT, "%.2f ms", millis))
                .orElse("-"));
  }

  // ---- verbs -----------------------------------------------------------------------------------

  @Command(
      description = {
        "Lists the worlds: the frames a second that are wanted and that were reached, how late",
        "frames were begun and how long they took in the last ten seconds, how many took longer",
        "than they may and how many were left out, how many sessions are there, packets a second,",
        "bytes that wait for the world, and sessions that were too slow to read."
      })
  void ps(@Option(names = "--json", description = JSON) boolean json) {
    call.show(worlds, entries(), Form.json(json));
  }

  @Command(description = "Has another loop run a world, from its next frame on.")
  void move(
      @Parameters(paramLabel = "WORLD", description = "The world's name.") String name,
      @Parameters(paramLabel = "LOOP", description = "The loop's number, from 1 on.") int number)
      throws CommandException {
    HostWorld world = directory.find(name);
    if (world == null) {
      throw new CommandException("worlds move: " + name + " is no world; see: worlds ps");
    }
    if (number < 1 || number > directory.loops().size()) {
      throw new CommandException(
          "worlds move: LOOP = " + number + ": allowed is 1 to " + directory.loops().size());
    }
    world.seat().moveTo(directory.loops().get(number - 1));
    call.out().print("moved\n");
  }

  @CandidatesFor("WORLD")
  List<String> names() {
    return entries().stream().map(entry -> entry.world().name()).toList();
  }

  @CandidatesFor("LOOP")
  List<Integer> numbers() {
    return IntStream.rangeClosed(1, directory.loops().size()).boxed().toList();
  }

  private List<Entry> entries() {
    return directory.entries().stream()
        .sorted(Comparator.comparing(entry -> entry.world().name()))
        .toList();
  }
}
