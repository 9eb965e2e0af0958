package slipway.bench;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import slipway.bench.measure.Sample;
import slipway.bench.report.BarChart;
import slipway.bench.report.Goal;
import slipway.bench.report.Numbers;
import slipway.bench.report.Section;
import slipway.bench.report.Table;

/** What is said of the echo's runs. */
final class EchoReport {

  private static final String BASE = "Netty io_uring";
  private static final String HOST = "host";

  private final List<EchoExperiment.Cell> cells;
  private final List<String> servers;
  private final List<EchoExperiment.Run> runs;

  EchoReport(List<EchoExperiment.Cell> cells, List<String> servers, List<EchoExperiment.Run> runs) {
    this.cells = cells;
    this.servers = servers;
    this.runs = runs;
  }

  Section section(long fileLimit, List<String> failures) {
    Section section = new Section(EchoExperiment.NAME);
    cells.forEach(cell -> goals(section, cell));
    section.paragraph(
        "CPU is the server's, user and system, a message; the median of the rounds and, behind it,"
            + " the least and the greatest. Its ratio is the median of the rounds' ratios to"
            + " bare Netty on io_uring. Throughput is what a closed loop on the same machine came"
            + " to; latency is of an open loop at the rate that is given.");
    if (!runs.isEmpty()) {
      section.paragraph(Turn.disturbance(runs));
    }
    if (!servers.contains("C epoll")) {
      section.paragraph("No C compiler is here: the C epoll loop is left out.");
    }
    if (fileLimit < 10_000) {
      section.paragraph(
          "The limit of open files could not be raised: more than "
              + fileLimit
              + " connections are left out.");
    }
    failures.forEach(failure -> section.paragraph("A run failed: " + failure + "."));
    for (int bytes : cells.stream().mapToInt(EchoExperiment.Cell::bytes).distinct().toArray()) {
      chart(section, bytes);
    }
    cells.forEach(cell -> table(section, cell));
    section.raw(runs);
    return section;
  }

  private void goals(Section section, EchoExperiment.Cell cell) {
    goal(section, cell, "host ÷ bare Netty", 1.03, HOST, BASE);
    goal(section, cell, "host, fixed ÷ bare Netty", 1.03, "host, fixed", BASE);
    goal(section, cell, "host ÷ MINA", 1, HOST, "MINA");
    goal(section, cell, "host ÷ virtual threads", 1, HOST, "virtual threads");
    if (cell.connections() == 1_000) {
      goal(section, cell, "host ÷ C epoll", 1.15, HOST, "C epoll");
    }
  }

  private void goal(
      Section section,
      EchoExperiment.Cell cell,
      String what,
      double limit,
      String server,
      String base) {
    section.goal(
        new Goal(
            "echo " + cell + ": CPU, " + what,
            limit,
            ratio(cell, server, base).map(Sample::median).orElse(Double.NaN),
            "×"));
  }

  private void chart(Section section, int bytes) {
    String title = "Server CPU per echoed message of " + EchoExperiment.size(bytes);
    BarChart chart = new BarChart(title, "µs, less is better; the line is the spread of the runs");
    for (EchoExperiment.Cell cell : cells) {
      if (cell.bytes() == bytes) {
        chart.group(Numbers.of((long) cell.connections()) + " connections");
        for (String server : servers) {
          sample(cell, server, EchoExperiment.Run::cpuMicros)
              .ifPresent(
                  cpu ->
                      chart.bar(
                          server, cpu.median(), cpu.min(), cpu.max(), server.startsWith(HOST)));
        }
      }
    }
    section.chart(Integer.toString(bytes), title, chart);
  }

  private void table(Section section, EchoExperiment.Cell cell) {
    section.heading(cell.toString());
    Table table =
        new Table(
            "server",
            "CPU µs/message",
            "spread",
            "× Netty",
            "messages/s",
            "p50 µs at " + Numbers.of((long) cell.rate()) + "/s",
            "p99 µs",
            "p99.9 µs",
            "max µs");
    for (String server : servers) {
      Optional<Sample> cpu = sample(cell, server, EchoExperiment.Run::cpuMicros);
      if (cpu.isPresent()) {
        table.row(
            server,
            Numbers.of(cpu.get().median()),
            Numbers.spread(cpu.get()),
            ratio(cell, server, BASE).map(ratio -> Numbers.ratio(ratio.median())).orElse(""),
            median(cell, server, EchoExperiment.Run::rate),
            median(cell, server, EchoExperiment.Run::p50Micros),
            median(cell, server, EchoExperiment.Run::p99Micros),
            median(cell, server, EchoExperiment.Run::p999Micros),
            median(cell, server, EchoExperiment.Run::maxMicros));
      }
    }
    section.table(table);
  }

  private String median(
      EchoExperiment.Cell cell, String server, ToDoubleFunction<EchoExperiment.Run> number) {
    return Numbers.of(sample(cell, server, number).orElseThrow().median());
  }

  private List<EchoExperiment.Run> of(EchoExperiment.Cell cell, String server) {
    return runs.stream()
        .filter(
            run ->
                run.server().equals(server)
                    && run.bytes() == cell.bytes()
                    && run.connections() == cell.connections())
        .toList();
  }

  private Optional<Sample> sample(
      EchoExperiment.Cell cell, String server, ToDoubleFunction<EchoExperiment.Run> number) {
    List<Double> values = of(cell, server).stream().map(number::applyAsDouble).toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(Sample.of(values));
  }

  private Optional<Sample> ratio(EchoExperiment.Cell cell, String server, String base) {
    return Turn.ratio(of(cell, server), of(cell, base));
  }
}
