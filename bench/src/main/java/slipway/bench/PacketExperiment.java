package slipway.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import slipway.bench.load.EchoLoad;
import slipway.bench.load.PacketLoad;
import slipway.bench.load.PacketLoad.Format;
import slipway.bench.measure.Allocation;
import slipway.bench.peer.Pause;
import slipway.bench.peer.Peers;
import slipway.bench.peer.Server;
import slipway.bench.report.Section;

/**
 * Packets echoed and published by the host, by bare Netty with the same framing, and by a C loop:
 * CPU per packet of the server, latency, and what it allocates.
 */
final class PacketExperiment implements Experiment {

  static final String NAME = "packets";

  private static final Duration SETTLE = Duration.ofMillis(200);
  private static final Duration WARM_UP = Duration.ofMillis(2200);
  private static final Duration LENGTH = Duration.ofMillis(1200);
  private static final Duration STEADY = Duration.ofSeconds(5);

  private final Peers peers;

  /**
   * One place in the table.
   *
   * @param bytes of a packet's payload
   * @param underWay packets at once on each connection
   * @param rate packets a second in an open loop, below what the slowest server can take; 0 if
   *     there is none
   */
  record Cell(Format format, int bytes, int connections, int underWay, int rate) {

    Cell(Format format, int bytes, int connections, int underWay) {
      this(format, bytes, connections, underWay, 0);
    }

    @Override
    public String toString() {
      return String.format(
          "%s, %d bytes, %,d connections, %d under way",
          format.word(), bytes, connections, underWay);
    }
  }

  /**
   * One run of one server.
   *
   * @param steady of the open loop; null if there is none
   */
  record Run(
      int round,
      String server,
      String format,
      int bytes,
      int connections,
      int underWay,
      double cpuMicros,
      double rate,
      double foreign,
      Steady steady)
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
          new Cell(Format.LAN, 64, 100, 1, 30_000),
          new Cell(Format.LAN, 64, 1_000, 1, 30_000),
          new Cell(Format.LAN, 64, 1_000, 10),
          new Cell(Format.LAN, 64, 10_000, 1, 30_000),
          new Cell(Format.LAN, 256, 100, 10),
          new Cell(Format.XOR2, 64, 100, 1),
          new Cell(Format.XOR2, 64, 1_000, 10),
          new Cell(Format.XOR2, 256, 100, 10),
          new Cell(Format.CHAINED, 64, 100, 1),
          new Cell(Format.CHAINED, 64, 1_000, 10, 200_000),
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
    Rounds<String, Publishing.Run> publishing =
        new Rounds<>(
            NAME,
            "delivery",
            progress,
            (round, name, server, cell) -> Publishing.measure(round, name, server));
    for (int round = 1; round <= Rounds.COUNT; round++) {
      for (Format format : Format.values()) {
        rounds.round(
            round,
            kinds(format),
            server -> warmUp(server, format),
            cells.stream().filter(cell -> cell.format() == format).toList());
      }
      publishing.round(round, kinds(Format.LAN), Publishing::warmUp, List.of(Publishing.NAME));
    }
    return new PacketReport(cells, rounds.turns(), publishing.turns())
        .section(Stream.of(rounds, publishing).flatMap(each -> each.failures().stream()).toList());
  }

  private static void warmUp(Server server, Format format) throws IOException {
    try (PacketLoad load = open(server, new Cell(format, 64, 100, 10))) {
      load.closedLoop(SETTLE, WARM_UP);
    }
  }

  private static PacketLoad open(Server server, Cell cell) throws IOException {
    return new PacketLoad(
        server.pid(),
        server.port(),
        cell.format(),
        cell.connections(),
        cell.bytes(),
        cell.underWay());
  }

  private static Run measure(int round, String name, Server server, Cell cell) throws IOException {
    EchoLoad.Result closed;
    Steady steady;
    try (PacketLoad load = open(server, cell)) {
      closed = load.closedLoop(SETTLE, LENGTH);
      steady = cell.rate() == 0 ? null : steady(load, server, cell);
    }
    Pause.millis(100); // until the server has seen that the connections are gone
    double foreign = closed.account().foreign();
    return new Run(
        round,
        name,
        cell.format().word(),
        cell.bytes(),
        cell.connections(),
        cell.underWay(),
        closed.serverMicros(),
        closed.rate(),
        steady == null ? foreign : Math.max(foreign, steady.foreign()),
        steady);
  }

  private static Steady steady(PacketLoad load, Server server, Cell cell) throws IOException {
    try (Allocation allocation = Allocation.of(server.pid())) {
      load.openLoop(cell.rate(), Duration.ZERO, SETTLE);
      allocation.bytesSinceLast();
      EchoLoad.Result open = load.openLoop(cell.rate(), Duration.ZERO, STEADY);
      long packets = open.latency().getTotalCount() * cell.underWay();
      return Steady.of(
          open.messages(), open.account(), open.latency(), allocation.bytesSinceLast() / packets);
    }
  }
}
