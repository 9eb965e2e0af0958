package slipway.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import slipway.bench.load.EchoLoad;
import slipway.bench.load.PacketLoad;
import slipway.bench.load.PacketLoad.Format;
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
 */
final class PacketExperiment implements Experiment {

  static final String NAME = "packets";
  private static final String HOST = "host";
  private static final String NETTY = "Netty io_uring";
  private static final String C = "C epoll";

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
      double foreign)
      implements Turn {

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
    if (Peers.hasC()) {
      kinds.add(peers.cPackets(format.word()));
    }
    return kinds;
  }

  @Override
  public Section run(Progress progress) throws IOException {
    long limit = Rounds.mostConnections();
    List<Cell> cells = CELLS.stream().filter(cell -> cell.connections() <= limit).toList();
    Rounds<Cell, Run> rounds = new Rounds<>(NAME, "packet", progress, PacketExperiment::measure);
    for (int round = 1; round <= Rounds.COUNT; round++) {
      for (Format format : Format.values()) {
        rounds.round(
            round,
            kinds(format),
            server -> closedLoop(server, new Cell(format, 64, 100, 10), WARM_UP),
            cells.stream().filter(cell -> cell.format() == format).toList());
      }
    }
    return report(cells, rounds.turns(), rounds.failures());
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
      if (Peers.hasC()) {
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

  private static Optional<Sample> ratio(List<Run> runs, Cell cell, String server, String base) {
    return Turn.ratio(of(runs, cell, server), of(runs, cell, base));
  }
}
