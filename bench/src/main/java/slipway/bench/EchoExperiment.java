package slipway.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import slipway.bench.load.EchoLoad;
import slipway.bench.peer.Pause;
import slipway.bench.peer.Peers;
import slipway.bench.peer.Server;
import slipway.bench.report.Section;

/**
 * Messages echoed: CPU per message of the server, throughput and latency, for two sizes of message
 * and four numbers of connections.
 */
final class EchoExperiment implements Experiment {

  static final String NAME = "echo";

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
      double maxMicros)
      implements Turn {}

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
    long limit = Rounds.mostConnections();
    List<Cell> cells = CELLS.stream().filter(cell -> cell.connections() <= limit).toList();
    Rounds<Cell, Run> rounds = new Rounds<>(NAME, "message", progress, EchoExperiment::measure);
    for (int round = 1; round <= Rounds.COUNT; round++) {
      rounds.round(round, kinds, EchoExperiment::warmUp, cells);
    }
    return new EchoReport(cells, kinds.stream().map(Server.Kind::name).toList(), rounds.turns())
        .section(limit, rounds.failures());
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
