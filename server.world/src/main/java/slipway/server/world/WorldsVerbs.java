package slipway.server.world;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
import slipway.command.Text;
import slipway.server.world.Directory.Entry;
import slipway.server.world.Recent.Figures;
import slipway.server.world.WorldCounts.Totals;

/** The verbs of {@code worlds}, for one call. */
@Command
final class WorldsVerbs {

  private static final String JSON = "Writes one JSON array.";
  private static final String WORLD = "WORLD";
  private static final String NAME = "The world's name.";

  private final Directory directory;
  private final RecordVerbs recordings;
  private final Call call;

  WorldsVerbs(Directory directory, Path records, Call call) {
    this.directory = directory;
    this.recordings = new RecordVerbs(directory, records, call);
    this.call = call;
  }

  // ---- columns ---------------------------------------------------------------------------------

  private final Table<Entry> worlds =
      Table.of(
          new Column<>("World", "world", WorldColumns.of(HostWorld::name)),
          new Column<>("Service", "service", Entry::service),
          new Column<>("Version", "version", WorldColumns.of(WorldColumns::version)),
          new Column<>("State", "state", WorldColumns.of(world -> world.status().state())),
          new Column<>("Kind", "kind", WorldColumns.of(HostWorld::kind)),
          new Column<>("Loop", "loop", this::loop),
          new Column<>("FPS", "fps", WorldColumns.of(world -> world.spec().fps())),
          WorldColumns.rate("Reached", "reached", Figures::fps),
          WorldColumns.millis("Late p99", "lateP99Millis", Figures::lateP99),
          WorldColumns.millis("p99.9", "lateP999Millis", Figures::lateP999),
          WorldColumns.millis("Busy", "busyMillis", Figures::busyMean),
          WorldColumns.millis("p99", "busyP99Millis", Figures::busyP99),
          WorldColumns.total("Overrun", "overrun", Totals::overruns),
          WorldColumns.total("Skipped", "skipped", Totals::skipped),
          new Column<>("Sessions", "sessions", WorldColumns.of(world -> world.places().taken())),
          new Column<>("Lost", "lost", WorldColumns.of(world -> world.counts().census().lost())),
          WorldColumns.rate("In/s", "inPerSecond", Figures::received),
          WorldColumns.rate("Out/s", "outPerSecond", Figures::sent),
          new Column<>(
              "Inbox", "inbox", WorldColumns.of(world -> world.counts().census().inboxes())),
          WorldColumns.total("Slow", "slow", Totals::slow),
          new Column<>("Reason", "reason", WorldColumns.of(world -> world.status().reason())));

  private int loop(Entry entry) {
    return directory.loops().number(entry.world().seat().loop());
  }

  // ---- verbs -----------------------------------------------------------------------------------

  @Command(
      description = {
        "Lists the worlds: the frames a second that are wanted and that were reached, how late",
        "frames were begun and how long they took in the last ten seconds, how many took longer",
        "than they may and how many were left out, how many sessions are there and how many of",
        "them have lost their connections, packets a second, bytes that wait for the world, and",
        "sessions that were too slow to read."
      })
  void ps(@Option(names = "--json", description = JSON) boolean json) {
    call.show(worlds, entries(), Form.json(json));
  }

  @Command(
      description = {
        "Shows all that is known of a world: how it is to run, and which keys of that come from"
            + " its",
        "configuration and not from its service; how its frames keep time; its sessions by their",
        "modes; what comes and is sent; and how a version has taken it over last."
      })
  void show(
      @Parameters(paramLabel = WORLD, description = NAME) String name,
      @Option(names = "--json", description = JSON) boolean json)
      throws CommandException {
    Entry entry = entry("show", name);
    WorldDetails details = new WorldDetails(directory);
    if (json) {
      call.show(details.table(), List.of(entry), Form.JSON);
    } else {
      call.out().print(details.lines(entry));
    }
  }

  @Command(description = "Has a world draw itself, as a text of so many columns and rows.")
  void map(
      @Parameters(paramLabel = WORLD, description = NAME) String name,
      @Option(
              names = "--columns",
              paramLabel = "N",
              defaultValue = "80",
              description = "How wide it may be; ${DEFAULT-VALUE} if not given.")
          int columns,
      @Option(
              names = "--rows",
              paramLabel = "N",
              defaultValue = "24",
              description = "How high it may be; ${DEFAULT-VALUE} if not given.")
          int rows)
      throws CommandException, InterruptedException {
    WorldMap map = new WorldMap(columns, rows);
    map.of(entry("map", name).world()).forEach(line -> call.out().print(line + "\n"));
  }

  @Command(
      description = {
        "Lists the loops: how many worlds each runs and how many frames a second these want, which",
        "part of the last ten seconds it spent on them, which part of a processor it has had, and",
        "how late their frames were begun."
      })
  void loops(@Option(names = "--json", description = JSON) boolean json) {
    call.show(LoopRow.TABLE, LoopRow.all(directory), Form.json(json));
  }

  @Command(description = "Has another loop run a world, from its next frame on.")
  void move(
      @Parameters(paramLabel = WORLD, description = NAME) String name,
      @Parameters(paramLabel = "LOOP", description = "The loop's number, from 1 on.") int number)
      throws CommandException {
    try {
      CompletableFuture.runAsync(() -> directory.move(name, number), directory.control()).join();
    } catch (CompletionException refused) {
      throw new CommandException("worlds move: " + refused.getCause().getMessage(), refused);
    }
    call.out().print("moved\n");
  }

  @Command(
      description = {
        "Records a world: how it is, and what it is told and does in each frame from then on.",
        "Ctrl-C ends that early; what was recorded until then is kept."
      })
  void record(
      @Parameters(paramLabel = WORLD, description = NAME) String name,
      @Option(
              names = "--for",
              paramLabel = "TIME",
              defaultValue = "60s",
              description = "How long; 60s unless said.")
          Duration time,
      @Option(
              names = "--to",
              paramLabel = "FILE",
              description =
                  "A file that is not there yet; else one in var/worlds/records that is called by"
                      + " the world and the time.")
          Path file,
      @Option(
              names = "--max",
              paramLabel = "MIB",
              defaultValue = "1024",
              description = "How large the file may become; 1024 unless said.")
          int max)
      throws CommandException {
    recordings.record(entry("record", name), time, file, max);
  }

  @Command(
      description = {
        "Tells a version what was recorded, and says where it does something else, what it throws,",
        "and how long its frames take. Nobody sees anything of it, and it is not deployed.",
        "Exits with 1 if it does something else or throws."
      })
  void replay(
      @Parameters(
              paramLabel = "FILE",
              description = "A recording: a path, or the name of one in var/worlds/records.")
          String file,
      @Parameters(
              paramLabel = "JAR",
              arity = "0..1",
              description = "The version's jar; else it is the version that runs the world now.")
          Path jar,
      @Option(names = "--json", description = JSON) boolean json)
      throws CommandException {
    recordings.replay(file, jar, Form.json(json));
  }

  @CandidatesFor("FILE")
  List<String> files() {
    return recordings.names();
  }

  @CandidatesFor("JAR")
  List<String> jars(String typed) {
    return recordings.jars(typed);
  }

  @CandidatesFor(WORLD)
  List<String> names() {
    return entries().stream().map(entry -> entry.world().name()).toList();
  }

  @CandidatesFor("LOOP")
  List<Integer> numbers() {
    return IntStream.rangeClosed(1, directory.loops().all().size()).boxed().toList();
  }

  private List<Entry> entries() {
    return directory.entries().stream()
        .sorted(Comparator.comparing(entry -> entry.world().name()))
        .toList();
  }

  private Entry entry(String verb, String name) throws CommandException {
    Entry entry = directory.entry(name);
    if (entry == null) {
      throw new CommandException(
          "worlds " + verb + ": " + Text.quoted(name) + " is no world; see: worlds ps");
    }
    return entry;
  }
}
