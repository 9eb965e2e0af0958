package slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import slipway.bench.load.EchoLoad;
import slipway.bench.measure.Environment;
import slipway.bench.measure.Repeats;
import slipway.bench.peer.Pause;
import slipway.bench.peer.Peers;
import slipway.bench.peer.Server;
import slipway.bench.report.Section;

/**
 * Messages echoed: CPU per message of the server, throughput and latency, for two sizes of message
 * and four numbers of connections.
 *
 * <p>Each round starts all servers anew, as one Java machine compiles the same code better or worse
 * than the next; within a round the servers take turns at each cell of the table.
 */
final class EchoExperiment implements Experiment {

  static final String NAME = "echo";
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
  private static final int SPARE_FILES = 200;
  private static final int REPEATS = 20;

  private static final Duration SETTLE = Duration.ofMillis(200);
  private static final Duration CLOSED = Duration.ofMillis(1200);
  private static final Duration OPEN = Duration.ofMillis(500);

  private final Peers peers;

  /**
   * One place in the table.
   *
   * @param rate messages a second in the open loop, below what the slowest server can take
   */
  record Cell(int bytes, int connections, int rate) {
    @Override
    public String toString() {
      return String.format(
          "%s, %,d connection%s", size(bytes), connections, connections == 1 ? "" : "s");
    }
  }

  /** One run of one server. */
  record Run(
      int round,
      String server,
      int bytes,
      int connections,
      double cpuMicros,
      double rate,
      double loadCpuMicros,
      double foreign,
      int openRate,
      double openCpuMicros,
      double p50Micros,
      double p99Micros,
      double p999Micros,
      double maxMicros) {}

  private static final List<Cell> CELLS =
      List.of(
          new Cell(128, 1, 10_000),
          new Cell(128, 100, 30_000),
          new Cell(128, 1_000, 30_000),
          new Cell(128, 10_000, 30_000),
          new Cell(16_384, 1, 3_000),
          new Cell(16_384, 100, 8_000),
          new Cell(16_384, 1_000, 8_000),
          new Cell(16_384, 10_000, 8_000));

  EchoExperiment(Peers peers) {
    this.peers = peers;
  }

  @Override
  public String name() {
    return NAME;
  }

  static String size(int bytes) {
    return bytes < 1024 ? bytes + " B" : bytes / 1024 + " KiB";
  }

  private List<Server.Kind> kinds() {
    List<Server.Kind> kinds =
        new ArrayList<>(
            List.of(
                peers.host(),
                peers.netty("io_uring"),
                peers.hostFixed(),
                peers.netty("epoll"),
                peers.mina(),
                peers.virtualThreads()));
    if (Peers.hasC()) {
      kinds.add(peers.c());
    }
    return kinds;
  }

  @Override
  public Section run(Progress progress) throws IOException {
    List<Server.Kind> kinds = kinds();
    long limit = Environment.fileLimit() - SPARE_FILES;
    List<Cell> cells = CELLS.stream().filter(cell -> cell.connections() <= limit).toList();
    List<Run> runs = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    Repeats repeats = new Repeats(REPEATS);
    for (int round = 1; round <= ROUNDS; round++) {
      int number = round;
      Map<Server.Kind, Server> servers = new LinkedHashMap<>();
      try {
        for (Server.Kind kind : kinds) {
          progress.tell("echo: round " + round + " of " + ROUNDS + ", warming up " + kind.name());
          Server server = kind.start().start();
          servers.put(kind, server);
          warmUp(server);
        }
        for (Cell cell : cells) {
          for (Map.Entry<Server.Kind, Server> each : servers.entrySet()) {
            String name = each.getKey().name();
            try {
              Run run =
                  repeats.quieter(() -> measure(number, name, each.getValue(), cell), Run::foreign);
              runs.add(run);
              progress.tell(
                  String.format(
                      "echo: round %d of %d, %s, %s: %.2f µs a message (%.0f %% foreign)",
                      round, ROUNDS, cell, name, run.cpuMicros(), 100 * run.foreign()));
            } catch (IOException | UncheckedIOException failed) {
              failures.add(name + ", " + cell + ": " + failed.getMessage());
              progress.done("echo: " + failures.getLast());
            }
          }
        }
      } finally {
        for (Server server : servers.values()) {
          server.close();
        }
      }
    }
    return new EchoReport(cells, kinds.stream().map(Server.Kind::name).toList(), runs)
        .section(limit, failures);
  }

  /** Long enough for Java's compilers: the last of them are done within three seconds. */
  private static void warmUp(Server server) throws IOException {
    try (EchoLoad load = new EchoLoad(server.pid(), server.port(), 100, 128)) {
      load.closedLoop(SETTLE, Duration.ofMillis(2200));
    }
    try (EchoLoad load = new EchoLoad(server.pid(), server.port(), 100, 16_384)) {
      load.closedLoop(SETTLE, Duration.ofMillis(700));
    }
  }

  private static Run measure(int round, String name, Server server, Cell cell) throws IOException {
    EchoLoad.Result closed;
    EchoLoad.Result open;
    try (EchoLoad load =
        new EchoLoad(server.pid(), server.port(), cell.connections(), cell.bytes())) {
      closed = load.closedLoop(SETTLE, CLOSED);
      open = load.openLoop(cell.rate(), SETTLE.dividedBy(2), OPEN);
    }
    Pause.millis(100); // until the server has seen that the connections are gone
    Histogram latency = open.latency();
    return new Run(
        round,
        name,
        cell.bytes(),
        cell.connections(),
        closed.serverMicros(),
        closed.rate(),
        closed.account().loadMicros() / (double) closed.messages(),
        closed.account().foreign(),
        cell.rate(),
        open.serverMicros(),
        latency.getValueAtPercentile(50) / 1e3,
        latency.getValueAtPercentile(99) / 1e3,
        latency.getValueAtPercentile(99.9) / 1e3,
        latency.getMaxValue() / 1e3);
  }
}
