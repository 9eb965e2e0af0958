package slipway.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import slipway.bench.load.FrameClient;
import slipway.bench.measure.Frames;
import slipway.bench.measure.Repeats;
import slipway.bench.measure.Window;
import slipway.bench.peer.FrameTwin;
import slipway.bench.peer.Pause;
import slipway.bench.report.Section;

/**
 * How late the frames of a world are begun, beside those of a C loop that does the same at the same
 * time; what empty worlds cost; and what garbage does to the frames.
 */
final class FrameExperiment implements Experiment {

  static final String NAME = "frames";

  private static final int SECONDS = Integer.getInteger("bench.frames.seconds", 20);
  private static final int ROUNDS = Integer.getInteger("bench.frames.rounds", 2);
  private static final int REPEATS = 6;
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final int MICROS = 1_000_000;

  /** Of garbage in each frame: 60 MiB a second. */
  static final int GARBAGE_KIB = 1024;

  private static final int GARBAGE_FPS = 60;

  /** What a loop is measured under. */
  private static final List<Integer> RATES = List.of(25, 30, 60);

  private final Path distribution;
  private final Repeats repeats = new Repeats(REPEATS);

  /**
   * One place in the table.
   *
   * @param busy percent of a processor that the loop uses
   * @param neighbour whether another process uses one processor
   */
  record Cell(int fps, int busy, boolean neighbour) {

    int cpuMicros() {
      return MICROS / fps * busy / 100;
    }

    @Override
    public String toString() {
      return String.format(
          "%d FPS, %s, %s",
          fps, busy == 0 ? "empty" : busy + " % busy", neighbour ? "a busy neighbour" : "quiet");
    }
  }

  /**
   * How late one loop was.
   *
   * @param loop whose
   * @param nanos of each frame
   * @param missed frames that were left out
   */
  record Late(String loop, Histogram nanos, long missed) {

    static Late of(String loop, long missed, long... nanos) {
      Histogram all = new Histogram(3);
      LongStream.of(nanos).map(each -> Math.max(0, each)).forEach(all::recordValue);
      return new Late(loop, all, missed);
    }

    /** NaN if it ran no frame. */
    double micros(double percentile) {
      return nanos.getTotalCount() == 0 ? Double.NaN : nanos.getValueAtPercentile(percentile) / 1e3;
    }
  }

  /**
   * Loops that ran at the same time.
   *
   * @param ownP99Micros how late the first host says that it was in the last ten seconds: by its
   *     own schedule, and so a check of what is computed here
   */
  record Run(int round, Cell cell, List<Late> loops, double ownP99Micros, double foreign) {}

  /**
   * What empty worlds cost.
   *
   * @param share of a processor that the host uses with them, without what it uses before
   */
  record Empty(int worlds, int fps, double share, double before, double foreign) {}

  /** A host under test, and what tells its world what to do. */
  private record Contender(String name, FrameHost host, FrameClient client) {}

  FrameExperiment(Path distribution) {
    this.distribution = distribution;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Section run(Progress progress) throws IOException {
    if (!FrameTwin.exists()) {
      Section section = new Section(NAME);
      section.paragraph("There is no C compiler, and so nothing to compare the frames with.");
      return section;
    }
    List<Run> contract = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      for (int fps : RATES) {
        contract.addAll(contract(round, fps, progress));
      }
    }
    List<Empty> empty = List.of(empty(1, 60, progress), empty(100, 25, progress));
    List<Run> garbage = garbage(progress);
    return new FrameReport(contract, empty, garbage).section();
  }

  // ---- beside the C loop -----------------------------------------------------------------------

  private List<Run> contract(int round, int fps, Progress progress) throws IOException {
    progress.tell(String.format("frames: round %d of %d, warming up %d FPS", round, ROUNDS, fps));
    List<Run> runs = new ArrayList<>();
    try (FrameHost host = FrameHost.start(distribution, 1, fps);
        FrameClient client = host.connect()) {
      Contender contender = new Contender(FrameReport.HOST, host, client);
      warmUp(client, fps, 0);
      for (int busy : new int[] {0, 50}) {
        for (boolean neighbour : new boolean[] {false, true}) {
          Cell cell = new Cell(fps, busy, neighbour);
          Run run = repeats.quieter(() -> beside(round, cell, contender), Run::foreign);
          runs.add(run);
          progress.tell(
              String.format(
                  "frames: round %d of %d, %s: p99 %.0f µs, in C %.0f µs (%.0f %% foreign)",
                  round,
                  ROUNDS,
                  cell,
                  run.loops().get(0).micros(99),
                  run.loops().get(1).micros(99),
                  100 * run.foreign()));
        }
      }
    }
    return runs;
  }

  private static void warmUp(FrameClient client, int fps, int garbageKib) throws IOException {
    client.begin(fps * (int) WARM_UP.toSeconds(), 1000, garbageKib);
    Pause.millis(WARM_UP.toMillis());
    client.end();
  }

  private static Run beside(int round, Cell cell, Contender host) throws IOException {
    if (!cell.neighbour()) {
      return together(round, cell, 0, List.of(host));
    }
    try (FrameTwin neighbour = FrameTwin.burn()) {
      return together(round, cell, 0, List.of(host), neighbour.pid());
    }
  }

  /** Runs loops of hosts, and the C loop, at the same time. */
  private static Run together(
      int round, Cell cell, int garbageKib, List<Contender> hosts, long... helpers)
      throws IOException {
    int most = cell.fps() * SECONDS;
    FrameHost first = hosts.getFirst().host();
    try (FrameTwin twin = FrameTwin.start(cell.fps(), cell.cpuMicros(), most)) {
      LongStream own = hosts.stream().skip(1).mapToLong(each -> each.host().pid());
      LongStream others = LongStream.concat(LongStream.of(helpers), LongStream.of(twin.pid()));
      Window window = Window.open(first.pid(), LongStream.concat(own, others).toArray());
      for (Contender each : hosts) {
        each.client().begin(most, cell.cpuMicros(), garbageKib);
      }
      Frames inC = twin.frames();
      double foreign = window.close().foreign();
      double ownP99 = first.ownP99Micros();
      List<Late> loops = new ArrayList<>();
      for (Contender each : hosts) {
        Frames frames = each.client().end();
        loops.add(Late.of(each.name(), frames.missed(), frames.lateness()));
      }
      loops.add(Late.of(FrameReport.C, inC.missed(), inC.latenessFrom(0)));
      return new Run(round, cell, loops, ownP99, foreign);
    }
  }

  // ---- empty worlds ----------------------------------------------------------------------------

  private Empty empty(int worlds, int fps, Progress progress) throws IOException {
    progress.tell(String.format("frames: %d empty worlds at %d FPS", worlds, fps));
    try (FrameHost host = FrameHost.start(distribution, worlds, fps)) {
      Pause.millis(WARM_UP.toMillis());
      Window.Account before = account(host);
      try (FrameClient client = host.connect()) {
        warmUp(client, fps, 0);
        Window.Account with = account(host);
        return new Empty(worlds, fps, share(with) - share(before), share(before), with.foreign());
      }
    }
  }

  private static Window.Account account(FrameHost host) throws IOException {
    Window window = Window.open(host.pid());
    Pause.millis(SECONDS * 1000L);
    return window.close();
  }

  private static double share(Window.Account account) {
    return account.serverMicros() / 1e6 / account.seconds();
  }

  // ---- garbage ---------------------------------------------------------------------------------

  /** The same world in two hosts, which collect what it leaves in different ways. */
  private List<Run> garbage(Progress progress) throws IOException {
    Cell cell = new Cell(GARBAGE_FPS, 0, false);
    List<Run> runs = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      int number = round;
      progress.tell(String.format("frames: round %d of %d, garbage", round, ROUNDS));
      try (FrameHost g1 = FrameHost.start(distribution, 1, GARBAGE_FPS, "-XX:+UseG1GC");
          FrameHost zgc = FrameHost.start(distribution, 1, GARBAGE_FPS, zgc());
          FrameClient inG1 = g1.connect();
          FrameClient inZgc = zgc.connect()) {
        warmUp(inG1, GARBAGE_FPS, GARBAGE_KIB);
        warmUp(inZgc, GARBAGE_FPS, GARBAGE_KIB);
        runs.add(
            repeats.quieter(
                () ->
                    together(
                        number,
                        cell,
                        GARBAGE_KIB,
                        List.of(
                            new Contender(FrameReport.G1, g1, inG1),
                            new Contender(FrameReport.ZGC, zgc, inZgc))),
                Run::foreign));
      }
    }
    return runs;
  }

  /** Since JDK 23 it is generational by itself. */
  private static String[] zgc() {
    return Runtime.version().feature() >= 23
        ? new String[] {"-XX:+UseZGC"}
        : new String[] {"-XX:+UseZGC", "-XX:+ZGenerational"};
  }
}
