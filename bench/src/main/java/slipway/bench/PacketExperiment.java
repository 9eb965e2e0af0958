package slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.bench.load.EchoLoad;
import slipway.bench.load.PacketLoad;
import slipway.bench.load.PacketLoad.Format;
import slipway.bench.measure.Environment;
import slipway.bench.measure.Repeats;
import slipway.bench.measure.Sample;
import slipway.bench.peer.Pause;
import slipway.bench.peer.Peers;
import slipway.bench.peer.Server;
import slipway.bench.report.Goal;
import slipway.bench.report.Numbers;
import slipway.bench.report.Section;
import slipway.bench.report.Table;

/**
 * Packets echoed: CPU per packet of the server, of the host, of bare Netty with the same framing,
 * and of a C loop.
 *
 * <p>Each round starts all servers anew; within a round the servers take turns at each cell of the
 * table.
 */
final class PacketExperiment implements Experiment {

  static final String NAME = "packets";
  private static final String HOST = "host";
  private static final String NETTY = "Netty io_uring";
  private static final String C = "C epoll";
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
  private static final int SPARE_FILES = 200;
  private static final int REPEATS = 20;

  private static final Duration SETTLE = Duration.ofMillis(200);
  private static final Duration WARM_UP = Duration.ofMillis(2200);
  private static final Duration LENGTH = Duration.ofMillis(1200);

  private final Peers peers;

  /**
   * One place in the table.
   *
   * @param bytes of a packet's payload
   * @param underWay packets at once on each connection
   */
  record Cell(Format format, int bytes, int connections, int underWay) {
    @Override
    public String toString() {
      return String.format(
          "%s, %d bytes, %,d connections, %d under way",
          format.word(), bytes, connections, underWay);
    }
  }

  /** One run of one server. */
  record Run(
      int round,
      String server,
      String format,
      int bytes,
      int connections,
      int underWay,
      double cpuMicros,
      double rate,
      double foreign) {

    boolean isOf(Cell cell) {
      return format.equals(cell.format().word())
          && bytes == cell.bytes()
          && connections == cell.connections()
          && underWay == cell.underWay();
    }
  }

  private static final List<Cell> CELLS =
      List.of(
          new Cell(Format.LAN, 18, 100, 1),
          new Cell(Format.LAN, 18, 100, 10),
          new Cell(Format.LAN, 64, 1_000, 1),
          new Cell(Format.LAN, 64, 1_000, 10),
          new Cell(Format.LAN, 64, 10_000, 1),
          new Cell(Format.LAN, 256, 100, 10),
          new Cell(Format.XOR2, 64, 100, 1),
          new Cell(Format.XOR2, 64, 1_000, 10),
          new Cell(Format.XOR2, 256, 100, 10),
          new Cell(Format.CHAINED, 64, 100, 1),
          new Cell(Format.CHAINED, 64, 1_000, 10),
          new Cell(Format.CHAINED, 256, 100, 10));

  PacketExperiment(Peers peers) {
    this.peers = peers;
  }

  @Override
  public String name() {
    return NAME;
  }

  private List<Server.Kind> kinds(Format format) {
    List<Server.Kind> kinds = new ArrayList<>();
    kinds.add(peers.hostPackets(format.configuration()));
    kinds.add(peers.nettyPackets("io_uring", format.word()));
    if (Peers.hasCPackets()) {
      kinds.add(peers.cPackets(format.word()));
    }
    return kinds;
  }

  @Override
  public Section run(Progress progress) throws IOException {
    long limit = Environment.fileLimit() - SPARE_FILES;
    List<Cell> cells = CELLS.stream().filter(cell -> cell.connections() <= limit).toList();
    List<Run> runs = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    Repeats repeats = new Repeats(REPEATS);
    for (int round = 1; round <= ROUNDS; round++) {
      for (Format format : Format.values()) {
        List<Cell> own = cells.stream().filter(cell -> cell.format() == format).toList();
        round(round, format, own, runs, failures, repeats, progress);
      }
    }
    return report(cells, runs, failures);
  }

  private void round(
      int round,
      Format format,
      List<Cell> cells,
      List<Run> runs,
      List<String> failures,
      Repeats repeats,
      Progress progress)
      throws IOException {
    Map<String, Server> servers = new LinkedHashMap<>();
    try {
      for (Server.Kind kind : kinds(format)) {
        progress.tell("packets: round " + round + ", warming up " + kind.name());
        Server server = kind.start().start();
        servers.put(kind.name(), server);
        closedLoop(server, new Cell(format, 64, 100, 10), WARM_UP);
      }
      for (Cell cell : cells) {
        for (Map.Entry<String, Server> each : servers.entrySet()) {
          try {
            Run run =
                repeats.quieter(
                    () -> measure(round, each.getKey(), each.getValue(), cell), Run::foreign);
            runs.add(run);
            progress.tell(
                String.format(
                    "packets: round %d of %d, %s, %s: %.2f µs a packet (%.0f %% foreign)",
                    round, ROUNDS, cell, each.getKey(), run.cpuMicros(), 100 * run.foreign()));
          } catch (IOException | UncheckedIOException failed) {
            failures.add(each.getKey() + ", " + cell + ": " + failed.getMessage());
            progress.done("packets: " + failures.getLast());
          }
        }
      }
    } finally {
      for (Server server : servers.values()) {
        server.close();
      }
    }
  }

  private static EchoLoad.Result closedLoop(Server server, Cell cell, Duration length)
      throws IOException {
    try (PacketLoad load =
        new PacketLoad(
            server.pid(),
            server.port(),
            cell.format(),
            cell.connections(),
            cell.bytes(),
            cell.underWay())) {
      return load.closedLoop(SETTLE, length);
    }
  }

  private static Run measure(int round, String name, Server server, Cell cell) throws IOException {
    EchoLoad.Result closed = closedLoop(server, cell, LENGTH);
    Pause.millis(100); // until the server has seen that the connections are gone
    return new Run(
        round,
        name,
        cell.format().word(),
        cell.bytes(),
        cell.connections(),
        cell.underWay(),
        closed.serverMicros(),
        closed.rate(),
        closed.account().foreign());
  }

  // ---- what is said of it ----------------------------------------------------------------------

  private static Section report(List<Cell> cells, List<Run> runs, List<String> failures) {
    Section section = new Section(NAME);
    for (Cell cell : cells) {
      goal(section, runs, cell, "host ÷ bare Netty", 1.10, NETTY);
      if (Peers.hasCPackets()) {
        goal(section, runs, cell, "host ÷ C epoll", 1.20, C);
      }
    }
    section.paragraph(
        "CPU is the server's, user and system, a packet; the median of the rounds and, behind it,"
            + " the least and the greatest. A ratio is the median of the rounds' ratios. Packets"
            + " under way are sent in one piece, and the next ones when all of them are back. Bare"
            + " Netty has its decoder of lengths and a handler that reads the fields and writes an"
            + " answer; the C loop answers in place.");
    failures.forEach(failure -> section.paragraph("A run failed: " + failure + "."));
    Table table = new Table("cell", "server", "CPU µs/packet", "spread", "× host", "packets/s");
    for (Cell cell : cells) {
      for (String server : List.of(HOST, NETTY, C)) {
        List<Run> own = of(runs, cell, server);
        if (!own.isEmpty()) {
          Sample cpu = Sample.of(own.stream().map(Run::cpuMicros).toList());
          table.row(
              cell.toString(),
              server,
              Numbers.of(cpu.median()),
              Numbers.spread(cpu),
              ratio(runs, cell, server, HOST).map(each -> Numbers.ratio(each.median())).orElse(""),
              Numbers.of(Sample.of(own.stream().map(Run::rate).toList()).median()));
        }
      }
    }
    section.table(table);
    section.raw(runs);
    return section;
  }

  private static void goal(
      Section section, List<Run> runs, Cell cell, String what, double limit, String base) {
    section.goal(
        new Goal(
            "packets, " + cell + ": CPU, " + what,
            limit,
            ratio(runs, cell, HOST, base).map(Sample::median).orElse(Double.NaN),
            "×"));
  }

  private static List<Run> of(List<Run> runs, Cell cell, String server) {
    return runs.stream().filter(run -> run.server().equals(server) && run.isOf(cell)).toList();
  }

  /** Of runs in the same round, which had the same machine at almost the same time. */
  private static Optional<Sample> ratio(List<Run> runs, Cell cell, String server, String base) {
    List<Double> ratios =
        of(runs, cell, server).stream()
            .flatMap(
                run ->
                    of(runs, cell, base).stream()
                        .filter(other -> other.round() == run.round())
                        .map(other -> run.cpuMicros() / other.cpuMicros()))
            .toList();
    return ratios.isEmpty() ? Optional.empty() : Optional.of(Sample.of(ratios));
  }
}
