package slipway.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.bench.load.AcceptLoad;
import slipway.bench.measure.Repeats;
import slipway.bench.measure.Sample;
import slipway.bench.peer.Peers;
import slipway.bench.peer.Server;
import slipway.bench.report.BarChart;
import slipway.bench.report.Goal;
import slipway.bench.report.Numbers;
import slipway.bench.report.Section;
import slipway.bench.report.Table;

/** Connections that come, say one thing, and go: CPU per connection. */
final class AcceptExperiment implements Experiment {

  private static final String NAME = "accept";
  private static final int ROUNDS = 2;
  private static final int RUNS = 3;
  private static final int AT_ONCE = 64;
  private static final Duration SETTLE = Duration.ofMillis(300);
  private static final Duration LENGTH = Duration.ofMillis(1500);

  /** The code of accepting is compiled after some hundred thousand connections. */
  private static final Duration WARM_UP = Duration.ofSeconds(12);

  private final Peers peers;

  private record Run(
      int round, String server, double cpuMicros, double rate, double loadCpu, double foreign) {}

  AcceptExperiment(Peers peers) {
    this.peers = peers;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Section run(Progress progress) throws IOException {
    List<Server.Kind> kinds =
        List.of(peers.host(), peers.nettyNamed("io_uring"), peers.nettyNamedApart("io_uring"));
    List<Run> runs = new ArrayList<>();
    Repeats repeats = new Repeats(ROUNDS * RUNS);
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, Server> servers = new LinkedHashMap<>();
      try {
        for (Server.Kind kind : kinds) {
          progress.tell("accept: warming up " + kind.name());
          Server server = kind.start().start();
          servers.put(kind.name(), server);
          new AcceptLoad(server.pid(), server.port()).run(AT_ONCE, SETTLE, WARM_UP);
        }
        for (int turn = 1; turn <= RUNS; turn++) {
          for (Map.Entry<String, Server> each : servers.entrySet()) {
            int number = round * RUNS + turn;
            Run run =
                repeats.quieter(
                    () -> measure(number, each.getKey(), each.getValue()), Run::foreign);
            runs.add(run);
            progress.tell(
                String.format(
                    "accept: run %d of %d, %s: %.1f µs a connection (%.0f %% foreign)",
                    number, ROUNDS * RUNS, run.server(), run.cpuMicros(), 100 * run.foreign()));
          }
        }
      } finally {
        for (Server server : servers.values()) {
          server.close();
        }
      }
    }
    return report(kinds, runs);
  }

  private static Run measure(int round, String name, Server server) throws IOException {
    AcceptLoad.Result result =
        new AcceptLoad(server.pid(), server.port()).run(AT_ONCE, SETTLE, LENGTH);
    return new Run(
        round,
        name,
        result.serverMicros(),
        result.rate(),
        result.account().loadMicros() / (double) result.connections(),
        result.account().foreign());
  }

  /** Of the runs of two servers that followed one another. */
  private static Sample ratio(List<Run> runs, String server, String other) {
    List<Double> ratios = new ArrayList<>();
    for (Run run : runs) {
      runs.stream()
          .filter(beside -> beside.round() == run.round())
          .filter(beside -> run.server().equals(server) && beside.server().equals(other))
          .forEach(beside -> ratios.add(run.cpuMicros() / beside.cpuMicros()));
    }
    return Sample.of(ratios);
  }

  private static Section report(List<Server.Kind> kinds, List<Run> runs) {
    Section section = new Section(NAME);
    String host = kinds.getFirst().name();
    Sample ratio = ratio(runs, host, kinds.get(1).name());
    Sample apart = ratio(runs, host, kinds.get(2).name());
    section.goal(
        new Goal("accept: CPU per connection, host ÷ bare Netty", 1.25, ratio.median(), "×"));
    section.paragraph(
        "A connection is: connect, name `echo`, read the reply, send 128 bytes, read their echo,"
            + " close; "
            + AT_ONCE
            + " are under way at any time. Bare Netty answers the name with itself. The ratio is"
            + " the median of "
            + ratio.size()
            + " pairs of runs ("
            + Numbers.spread(ratio)
            + "). The host accepts on an event loop that no service can block; to bare Netty that"
            + " does so, too, the ratio is "
            + Numbers.of(apart.median())
            + " ("
            + Numbers.spread(apart)
            + ").");
    String title = "Server CPU per short connection";
    BarChart chart = new BarChart(title, "µs, less is better; the line is the spread of the runs");
    chart.group("connect, named echo, close");
    Table table = new Table("server", "CPU µs/connection", "spread", "connections/s", "others %");
    for (Server.Kind kind : kinds) {
      List<Run> own = runs.stream().filter(run -> run.server().equals(kind.name())).toList();
      Sample cpu = Sample.of(own.stream().map(Run::cpuMicros).toList());
      table.row(
          kind.name(),
          Numbers.of(cpu.median()),
          Numbers.spread(cpu),
          Numbers.of(Sample.of(own.stream().map(Run::rate).toList()).median()),
          Numbers.of(100 * Sample.of(own.stream().map(Run::foreign).toList()).median()));
      chart.bar(kind.name(), cpu.median(), cpu.min(), cpu.max(), kind.name().equals(host));
    }
    section.chart("", title, chart);
    section.table(table);
    section.raw(runs);
    return section;
  }
}
