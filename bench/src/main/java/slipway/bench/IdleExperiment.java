package slipway.bench;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.bench.load.Connecting;
import slipway.bench.measure.Environment;
import slipway.bench.measure.JavaTools;
import slipway.bench.measure.JavaTools.ClassCount;
import slipway.bench.measure.ProcFiles;
import slipway.bench.measure.Sample;
import slipway.bench.peer.Pause;
import slipway.bench.peer.Peers;
import slipway.bench.peer.Server;
import slipway.bench.report.BarChart;
import slipway.bench.report.Goal;
import slipway.bench.report.Numbers;
import slipway.bench.report.Section;
import slipway.bench.report.Table;

/** Connections on which nothing moves: bytes of the server's memory for each. */
final class IdleExperiment implements Experiment {

  private static final String NAME = "idle";
  private static final int ROUNDS = 2;
  private static final int CONNECTIONS = 10_000;
  private static final int SPARE_FILES = 200;
  private static final int WARM_UP = 200;
  private static final int TOP = 14;
  private static final long GOAL_BYTES = 6 * 1024;

  private final Peers peers;

  /** The server's memory at one moment, garbage collected. */
  private record Memory(long resident, Map<String, ClassCount> heap) {
    long live() {
      return heap.values().stream().mapToLong(ClassCount::bytes).sum();
    }
  }

  private record Run(
      String server,
      int connections,
      double residentBytes,
      double heapBytes,
      Map<String, Double> bytesByClass,
      Map<String, Double> instancesByClass) {}

  IdleExperiment(Peers peers) {
    this.peers = peers;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Section run(Progress progress) throws IOException {
    int connections = (int) Math.min(CONNECTIONS, Environment.fileLimit() - SPARE_FILES);
    List<Server.Kind> kinds = List.of(peers.host(), peers.nettyNamed("io_uring"));
    List<Run> runs = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      for (Server.Kind kind : kinds) {
        progress.tell("idle: round " + round + " of " + ROUNDS + ", " + kind.name());
        Run run = measure(kind, connections);
        runs.add(run);
        progress.tell(
            String.format(
                "idle: round %d of %d, %s: %,.0f bytes a connection, %,.0f of them on the heap",
                round, ROUNDS, run.server(), run.residentBytes(), run.heapBytes()));
      }
    }
    return report(kinds, runs, connections);
  }

  private static Run measure(Server.Kind kind, int connections) throws IOException {
    try (Server server = kind.start().start()) {
      Connecting.close(Connecting.open(server.port(), WARM_UP));
      Memory before = settled(server.pid());
      List<SocketChannel> open = Connecting.open(server.port(), connections);
      Memory after = settled(server.pid());
      Connecting.close(open);
      Map<String, Double> bytes = new LinkedHashMap<>();
      Map<String, Double> instances = new LinkedHashMap<>();
      after
          .heap()
          .forEach(
              (name, count) -> {
                ClassCount old = before.heap().getOrDefault(name, new ClassCount(0, 0));
                double each = (count.bytes() - old.bytes()) / (double) connections;
                if (each >= 1) {
                  bytes.put(name, each);
                  instances.put(name, (count.instances() - old.instances()) / (double) connections);
                }
              });
      return new Run(
          kind.name(),
          connections,
          (after.resident() - before.resident()) / (double) connections,
          (after.live() - before.live()) / (double) connections,
          bytes,
          instances);
    }
  }

  private static Memory settled(long pid) throws IOException {
    Pause.millis(500);
    Map<String, ClassCount> heap = JavaTools.histogram(pid);
    JavaTools.collectGarbage(pid);
    Pause.millis(500); // the collector gives free memory back beside the program
    return new Memory(ProcFiles.residentBytes(pid), heap);
  }

  private static Section report(List<Server.Kind> kinds, List<Run> runs, int connections) {
    Section section = new Section(NAME);
    String host = kinds.getFirst().name();
    Table table =
        new Table("server", "bytes/connection", "spread", "on the heap", "outside the heap");
    String title = "Memory per idle connection";
    BarChart chart =
        new BarChart(title, "bytes of the process, less is better; the line is the spread");
    chart.group(Numbers.of((long) connections) + " idle connections");
    for (Server.Kind kind : kinds) {
      List<Run> own = runs.stream().filter(run -> run.server().equals(kind.name())).toList();
      Sample resident = Sample.of(own.stream().map(Run::residentBytes).toList());
      double heap = Sample.of(own.stream().map(Run::heapBytes).toList()).median();
      table.row(
          kind.name(),
          Numbers.of(resident.median()),
          Numbers.spread(resident),
          Numbers.of(heap),
          Numbers.of(resident.median() - heap));
      chart.bar(
          kind.name(), resident.median(), resident.min(), resident.max(), kind.name().equals(host));
      if (kind.name().equals(host)) {
        section.goal(
            new Goal("idle: bytes per connection, host", GOAL_BYTES, resident.median(), "bytes"));
      }
    }
    section.paragraph(
        "The process's resident memory with "
            + Numbers.of((long) connections)
            + " connections, each of which has named echo and was answered, less that before them,"
            + " for each; all garbage is collected both times. What lies on the heap is the"
            + " difference of the live objects. Memory of the kernel is not the process's.");
    if (connections < CONNECTIONS) {
      section.paragraph(
          "The limit of open files could not be raised: " + connections + " connections only.");
    }
    section.chart("", title, chart);
    section.table(table);
    section.heading("Where the heap's bytes go");
    for (Server.Kind kind : kinds) {
      Run last = runs.stream().filter(run -> run.server().equals(kind.name())).toList().getLast();
      section.table(classes(last));
    }
    section.raw(runs);
    return section;
  }

  private static Table classes(Run run) {
    Table table = new Table("class (" + run.server() + ")", "objects/connection", "bytes");
    run.bytesByClass().entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(TOP)
        .forEach(
            each ->
                table.row(
                    "`" + each.getKey() + "`",
                    Numbers.of(run.instancesByClass().get(each.getKey())),
                    Numbers.of(each.getValue())));
    return table;
  }
}
