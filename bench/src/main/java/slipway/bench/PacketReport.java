package slipway.bench;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import slipway.bench.PacketExperiment.Cell;
import slipway.bench.PacketExperiment.Run;
import slipway.bench.load.PublishLoad;
import slipway.bench.measure.Sample;
import slipway.bench.peer.Peers;
import slipway.bench.report.Goal;
import slipway.bench.report.Numbers;
import slipway.bench.report.Section;
import slipway.bench.report.Table;

/** What is said of the packets' runs. */
final class PacketReport {

  private static final String HOST = "host";
  private static final String NETTY = "Netty io_uring";
  private static final String C = "C epoll";
  private static final List<String> SERVERS = List.of(HOST, NETTY, C);

  /** As good as none: what the host allocates beside packets is counted, too. */
  private static final double MOST_ALLOCATED = 0.5;

  private final List<Cell> cells;
  private final List<Run> echoed;
  private final List<Publishing.Run> published;

  private record Raw(List<Run> echoed, List<Publishing.Run> published) {}

  PacketReport(List<Cell> cells, List<Run> echoed, List<Publishing.Run> published) {
    this.cells = cells;
    this.echoed = echoed;
    this.published = published;
  }

  Section section(List<String> failures) {
    Section section = new Section(PacketExperiment.NAME);
    goals(section);
    section.paragraph(
        "CPU is the server's, user and system, a packet; the median of the rounds and, behind it,"
            + " the least and the greatest. A ratio is the median of the rounds' ratios. Packets"
            + " under way are sent in one piece, and the next ones when all of them are back. Bare"
            + " Netty has its decoder of lengths and a handler that reads the fields and writes an"
            + " answer; the C loop answers in place.");
    List<Turn> turns = Stream.<Turn>concat(echoed.stream(), published.stream()).toList();
    if (!turns.isEmpty()) {
      section.paragraph(Turn.disturbance(turns));
    }
    failures.forEach(failure -> section.paragraph("A run failed: " + failure + "."));
    section.table(closed());
    section.heading("At a steady rate");
    section.paragraph(
        "Packets are sent at a rate that all servers can take, on one connection after the other."
            + " The time to an answer is from when its packet was to be sent, whether or not it"
            + " could be, in windows of five seconds; if several are sent in one piece, it is until"
            + " the last of them is answered. Times are the median of the rounds, and the longest"
            + " is the longest of all. Allocated is what all threads of a server have allocated on"
            + " its heap, for each packet, Netty's for each read and write among it.");
    section.table(steady());
    section.heading("Published to 1,000");
    section.paragraph(
        String.format(
            "Of %,d sessions %d publish in turns, %d lan packets of %d bytes a second together, and"
                + " all others are shown each of them. CPU and allocated are for each delivery. The"
                + " time is from when a packet was to be published to its arrival at each session,"
                + " in windows of five seconds. In each run everything arrived once, unchanged and"
                + " in its publisher's order, or the run has failed.",
            Publishing.SESSIONS,
            Publishing.PUBLISHERS,
            Publishing.PER_SECOND,
            PublishLoad.PAYLOAD_BYTES));
    section.table(publishing());
    section.raw(new Raw(echoed, published));
    return section;
  }

  // ---- goals -----------------------------------------------------------------------------------

  private void goals(Section section) {
    for (Cell cell : cells) {
      cpuGoals(section, cell.toString(), of(cell, HOST), of(cell, NETTY), of(cell, C));
    }
    for (Cell cell : cells) {
      if (cell.rate() > 0) {
        section.goal(
            new Goal(
                "packets, " + cell + ": allocated a packet, host",
                MOST_ALLOCATED,
                sample(steadyOf(of(cell, HOST)), Steady::allocatedBytes)
                    .map(Sample::median)
                    .orElse(Double.NaN),
                "bytes"));
      }
    }
    cpuGoals(section, Publishing.NAME, published(HOST), published(NETTY), published(C));
  }

  private static void cpuGoals(
      Section section,
      String what,
      List<? extends Turn> host,
      List<? extends Turn> netty,
      List<? extends Turn> c) {
    section.goal(cpuGoal(what + ": CPU, host ÷ bare Netty", 1.10, host, netty));
    if (Peers.hasC()) {
      section.goal(cpuGoal(what + ": CPU, host ÷ C epoll", 1.20, host, c));
    }
  }

  private static Goal cpuGoal(
      String what, double limit, List<? extends Turn> host, List<? extends Turn> base) {
    return new Goal(
        "packets, " + what,
        limit,
        Turn.ratio(host, base).map(Sample::median).orElse(Double.NaN),
        "×");
  }

  // ---- tables ----------------------------------------------------------------------------------

  private Table closed() {
    Table table = new Table("cell", "server", "CPU µs/packet", "spread", "× host", "packets/s");
    for (Cell cell : cells) {
      for (String server : SERVERS) {
        List<Run> own = of(cell, server);
        sample(own, Run::cpuMicros)
            .ifPresent(
                cpu ->
                    table.row(
                        cell.toString(),
                        server,
                        Numbers.of(cpu.median()),
                        Numbers.spread(cpu),
                        ratio(own, of(cell, HOST)),
                        median(own, Run::rate)));
      }
    }
    return table;
  }

  private Table steady() {
    Table table =
        new Table(
            "cell",
            "server",
            "packets/s",
            "CPU µs/packet",
            "p50 µs",
            "p99 µs",
            "p99.9 µs",
            "max µs",
            "bytes allocated");
    for (Cell cell : cells) {
      for (String server : SERVERS) {
        List<Steady> own = steadyOf(of(cell, server));
        sample(own, Steady::cpuMicros)
            .ifPresent(
                cpu ->
                    table.row(
                        cell.toString(),
                        server,
                        median(own, Steady::rate),
                        Numbers.of(cpu.median()),
                        median(own, Steady::p50Micros),
                        median(own, Steady::p99Micros),
                        median(own, Steady::p999Micros),
                        longest(own),
                        allocated(own)));
      }
    }
    return table;
  }

  private Table publishing() {
    Table table =
        new Table(
            "server",
            "deliveries/s",
            "CPU µs/delivery",
            "spread",
            "× host",
            "p50 µs",
            "p99 µs",
            "p99.9 µs",
            "max µs",
            "bytes allocated");
    for (String server : SERVERS) {
      List<Steady> own = published(server).stream().map(Publishing.Run::steady).toList();
      sample(own, Steady::cpuMicros)
          .ifPresent(
              cpu ->
                  table.row(
                      server,
                      median(own, Steady::rate),
                      Numbers.of(cpu.median()),
                      Numbers.spread(cpu),
                      ratio(published(server), published(HOST)),
                      median(own, Steady::p50Micros),
                      median(own, Steady::p99Micros),
                      median(own, Steady::p999Micros),
                      longest(own),
                      allocated(own)));
    }
    return table;
  }

  private static String ratio(List<? extends Turn> turns, List<? extends Turn> base) {
    return Turn.ratio(turns, base).map(ratio -> Numbers.ratio(ratio.median())).orElse("");
  }

  private static String longest(List<Steady> all) {
    return Numbers.of(sample(all, Steady::maxMicros).orElseThrow().max());
  }

  private static String allocated(List<Steady> all) {
    double bytes = sample(all, Steady::allocatedBytes).orElseThrow().median();
    return Double.isNaN(bytes) ? "" : Numbers.of(bytes);
  }

  private static <T> String median(List<T> all, ToDoubleFunction<T> number) {
    return Numbers.of(sample(all, number).orElseThrow().median());
  }

  private static <T> Optional<Sample> sample(List<T> all, ToDoubleFunction<T> number) {
    List<Double> values = all.stream().map(number::applyAsDouble).toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(Sample.of(values));
  }

  // ---- runs ------------------------------------------------------------------------------------

  private List<Run> of(Cell cell, String server) {
    return echoed.stream().filter(run -> run.server().equals(server) && run.isOf(cell)).toList();
  }

  private static List<Steady> steadyOf(List<Run> runs) {
    return runs.stream().map(Run::steady).filter(Objects::nonNull).toList();
  }

  private List<Publishing.Run> published(String server) {
    return published.stream().filter(run -> run.server().equals(server)).toList();
  }
}
