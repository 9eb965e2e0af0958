package slipway.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import slipway.bench.load.ColyseusDoor;
import slipway.bench.load.Door;
import slipway.bench.load.HostDoor;
import slipway.bench.load.PlayerLoad;
import slipway.bench.measure.Allocation;
import slipway.bench.measure.JavaTools;
import slipway.bench.measure.ProcFiles;
import slipway.bench.measure.Repeats;
import slipway.bench.peer.Colyseus;
import slipway.bench.peer.Pause;
import slipway.bench.peer.Server;
import slipway.bench.report.Section;

/**
 * What players cost in the game {@code world}, and how many there can be: in the host and, with the
 * same game and the same bytes, in Colyseus.
 */
final class PlayerExperiment implements Experiment {

  static final String NAME = "players";
  static final int FPS = 25;

  /** From this share of missed frames on, there are too many players. */
  static final double TOO_MANY = 0.01;

  private static final int[] STEPS =
      IntStream.of(100, 500, 1_000, 1_500, 2_000, 3_000, 4_000, 5_000)
          .filter(players -> players <= Integer.getInteger("bench.players.most", 5_000))
          .toArray();

  private static final int SECONDS = Integer.getInteger("bench.players.seconds", 6);
  private static final int WARM_UP_PLAYERS = 300;
  private static final Duration WARM_UP = Duration.ofSeconds(6);
  private static final Duration SETTLE = Duration.ofSeconds(2);

  /** For reading what came while the server was asked what it allocates. */
  private static final Duration CATCH_UP = Duration.ofMillis(500);

  private static final int REPEATS = 4;

  private final Path distribution;
  private final Repeats repeats = new Repeats(REPEATS);

  /** A server under test. */
  private record Contestant(String name, Server server, Door door) {}

  /**
   * One run of one server.
   *
   * @param cpuMicros CPU of the server for a player and second
   * @param memoryKib resident memory that the server has more with these players, for each
   * @param allocatedBytes on its heap for each packet that players got; NaN if it is not Java's
   * @param missed share of the updates that did not come
   * @param wrong frames whose number did not rise
   * @param load CPU of the load, of one processor
   */
  record Run(
      int players,
      String server,
      double cpuMicros,
      double cpu,
      double packets,
      double bytes,
      double memoryKib,
      double allocatedBytes,
      double p50Millis,
      double p99Millis,
      double p999Millis,
      double maxMillis,
      double missed,
      long wrong,
      double load,
      double foreign) {}

  PlayerExperiment(Path distribution) {
    this.distribution = distribution;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Section run(Progress progress) throws IOException {
    List<Run> runs = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    progress.tell("players: starting the host");
    try (WorldHost host = WorldHost.start(distribution, FPS);
        Server colyseus = Colyseus.exists() ? Colyseus.start() : null) {
      List<Contestant> all = new ArrayList<>();
      all.add(new Contestant(PlayerReport.HOST, host.host().fixed(), new HostDoor(host.port())));
      if (colyseus != null) {
        all.add(new Contestant(PlayerReport.COLYSEUS, colyseus, new ColyseusDoor(colyseus.port())));
      }
      for (Contestant each : all) {
        progress.tell("players: warming up " + each.name());
        try (PlayerLoad load = load(each, WARM_UP_PLAYERS)) {
          load.run(Duration.ZERO, WARM_UP);
        }
      }
      climb(all, runs, failures, progress);
    }
    return new PlayerReport(runs, failures, Colyseus.exists()).section();
  }

  /** They take turns at each number of players, until one of them has too many. */
  private void climb(
      List<Contestant> all, List<Run> runs, List<String> failures, Progress progress) {
    Set<Contestant> beaten = new HashSet<>();
    long files = mostPlayers();
    for (int players : STEPS) {
      for (Contestant each : all) {
        if (beaten.contains(each) || players > files) {
          continue;
        }
        progress.tell(String.format("players: %,d come to %s", players, each.name()));
        try {
          int count = players;
          Run run = repeats.quieter(() -> measure(each, count), Run::foreign);
          runs.add(run);
          progress.tell(
              String.format(
                  "players: %,d, %s: %.0f %% of a processor, p99 %.1f ms, %.2f %% missed"
                      + " (%.0f %% foreign)",
                  players,
                  each.name(),
                  100 * run.cpu(),
                  run.p99Millis(),
                  100 * run.missed(),
                  100 * run.foreign()));
          if (run.missed() >= TOO_MANY) {
            beaten.add(each);
          }
        } catch (IOException | RuntimeException failed) {
          failures.add(String.format("%s, %,d players: %s", each.name(), players, failed));
          progress.done("players: " + failures.getLast());
          beaten.add(each);
        }
      }
    }
  }

  private static long mostPlayers() {
    try {
      return Rounds.mostConnections();
    } catch (IOException unknown) {
      return Integer.MAX_VALUE;
    }
  }

  private static PlayerLoad load(Contestant of, int players) throws IOException {
    return new PlayerLoad(of.server().pid(), of.door(), players, FPS);
  }

  private static Run measure(Contestant of, int players) throws IOException {
    long pid = of.server().pid();
    boolean java = of.name().equals(PlayerReport.HOST);
    long empty = memory(pid, java);
    Run run;
    try (PlayerLoad load = load(of, players);
        Allocation allocation = Allocation.of(pid)) {
      load.run(Duration.ZERO, SETTLE);
      allocation.bytesSinceLast();
      long before = load.run(Duration.ZERO, CATCH_UP).packets();
      PlayerLoad.Result result = load.run(Duration.ZERO, Duration.ofSeconds(SECONDS));
      double allocated = allocation.bytesSinceLast() / (before + result.packets());
      run = run(of.name(), result, allocated, (memory(pid, java) - empty) / 1024.0 / players);
    }
    Pause.millis(SETTLE.toMillis()); // until the server has seen that they are gone
    return run;
  }

  /** Java gives memory back only when it collects garbage, Node.js by itself. */
  private static long memory(long pid, boolean java) throws IOException {
    if (java) {
      JavaTools.collectGarbage(pid);
    }
    return ProcFiles.residentBytes(pid);
  }

  private static Run run(String name, PlayerLoad.Result result, double allocated, double memory) {
    double seconds = result.account().seconds();
    Histogram intervals = result.intervals();
    return new Run(
        result.players(),
        name,
        result.account().serverMicros() / seconds / result.players(),
        result.account().serverMicros() / 1e6 / seconds,
        result.packets() / seconds,
        result.bytes() / seconds,
        memory,
        allocated,
        intervals.getValueAtPercentile(50) / 1e6,
        intervals.getValueAtPercentile(99) / 1e6,
        intervals.getValueAtPercentile(99.9) / 1e6,
        intervals.getMaxValue() / 1e6,
        result.missedShare(),
        result.wrong(),
        result.account().loadMicros() / 1e6 / seconds,
        result.account().foreign());
  }
}
