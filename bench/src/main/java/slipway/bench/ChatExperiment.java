package slipway.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import slipway.bench.load.ChatLoad;
import slipway.bench.load.ChatPlan;
import slipway.bench.measure.ProcFiles;
import slipway.bench.measure.Repeats;
import slipway.bench.peer.Host;
import slipway.bench.peer.HostCopy;
import slipway.bench.report.BarChart;
import slipway.bench.report.Goal;
import slipway.bench.report.Numbers;
import slipway.bench.report.Section;
import slipway.bench.report.Table;

/** Users who talk in rooms of the chat, with its messages kept in the host's database. */
final class ChatExperiment implements Experiment {

  private static final String NAME = "chat";
  private static final Duration SETTLE = Duration.ofSeconds(4);
  private static final Duration LENGTH = Duration.ofSeconds(12);

  /** One more would not fit the minute that this may take. */
  private static final int REPETITIONS = 1;

  private static final double LONGEST_MILLIS = 50;

  /** Both come to 50,000 deliveries a second, as nobody is shown an own message. */
  private static final List<Case> CASES =
      List.of(
          new Case("1 room of 1,000", new ChatPlan(1, 1_000, 50)),
          new Case("100 rooms of 20", new ChatPlan(100, 20, 2_632)));

  private final Path distribution;

  private record Case(String name, ChatPlan plan) {}

  /**
   * What a case came to.
   *
   * @param disk bytes that the host has written to disk for each message
   */
  private record Run(Case of, ChatLoad.Result load, double disk) {}

  ChatExperiment(Path distribution) {
    this.distribution = distribution;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Section run(Progress progress) throws IOException {
    progress.tell("chat: starting the host");
    List<Run> all = new ArrayList<>();
    List<Run> quieter = new ArrayList<>();
    Repeats repeats = new Repeats(REPETITIONS);
    try (Host host = Host.start(copy())) {
      for (Case each : CASES) {
        quieter.add(
            repeats.quieter(
                () -> {
                  Run run = measure(host, each, progress);
                  all.add(run);
                  return run;
                },
                run -> run.load().account().foreign()));
      }
    }
    return report(all, quieter);
  }

  /** As it is shipped, but for what keeps a stranger from doing what this does. */
  private HostCopy copy() throws IOException {
    return new HostCopy(distribution)
        .configure(
            "slipway.account",
            "hash.memory = 1",
            "hash.iterations = 1",
            "address.queue = 10000",
            "address.registrations = 100000")
        .configure("slipway.chat", "address.connections = 10000", "address.logins = 100000");
  }

  private static Run measure(Host host, Case each, Progress progress) throws IOException {
    progress.tell("chat: " + each.name() + ": users come in");
    try (ChatLoad load = new ChatLoad(host.pid(), host.port(), each.plan())) {
      progress.tell("chat: " + each.name() + ": they talk");
      long before = ProcFiles.writtenBytes(host.pid());
      ChatLoad.Result result = load.run(SETTLE, LENGTH);
      long written = ProcFiles.writtenBytes(host.pid()) - before;
      return new Run(each, result, written / (double) result.sent());
    }
  }

  private static Section report(List<Run> all, List<Run> quieter) {
    Section section = new Section(NAME);
    for (Run run : quieter) {
      section.goal(
          new Goal(
              "chat: time to a delivery, p99, " + run.of().name(),
              LONGEST_MILLIS,
              millis(run.load().latency(), 99),
              "ms"));
    }
    section.goal(
        new Goal(
            "chat: connections dropped",
            0,
            all.stream().mapToLong(r -> r.load().dropped()).sum(),
            ""));
    section.goal(
        new Goal(
            "chat: deliveries lost", 0, all.stream().mapToLong(r -> r.load().lost()).sum(), ""));
    section.goal(
        new Goal(
            "chat: deliveries changed, doubled, reordered",
            0,
            all.stream().mapToLong(r -> r.load().wrong()).sum(),
            ""));
    section.paragraph(
        String.format(
            "Users talk in rooms, in turns and at a steady rate. A message is %d bytes as it is"
                + " shown, with its sender, the sender's count and the time at which it was due."
                + " The host stores it durably, in H2 as shipped, and then shows it to everybody in"
                + " the room but its sender. The time to a delivery is from when the message was"
                + " due, whether or not it could be sent, to its arrival at each of them. In each"
                + " room one user only listens, and everybody has to see what that one sees, in the"
                + " same order. Other processes used %.0f %% of the machine.",
            ChatLoad.MESSAGE_BYTES,
            100 * quieter.stream().mapToDouble(r -> r.load().account().foreign()).max().orElse(0)));
    all.stream()
        .map(run -> run.load().strange())
        .filter(line -> !line.isEmpty())
        .findFirst()
        .ifPresent(line -> section.paragraph("A line that was no message: `" + line + "`"));
    BarChart chart = new BarChart("Time to a delivery", "ms, less is better");
    Table times = new Table("ms", "p50", "p99", "p99.9", "max");
    Table costs =
        new Table(
            "case",
            "messages/s",
            "deliveries/s",
            "CPU µs/delivery",
            "CPU ms/message",
            "CPU %",
            "load's CPU %",
            "disk KiB/message");
    for (Run run : quieter) {
      row(times, chart, run);
      ChatLoad.Result load = run.load();
      costs.row(
          run.of().name(),
          Numbers.of(load.messages() / load.account().seconds()),
          Numbers.of(load.rate()),
          Numbers.of(load.serverMicros()),
          Numbers.of(load.account().serverMicros() / 1e3 / load.messages()),
          Numbers.of(load.account().serverMicros() / 1e4 / load.account().seconds()),
          Numbers.of(load.account().loadMicros() / 1e4 / load.account().seconds()),
          Numbers.of(run.disk() / 1024));
    }
    section.chart("", "Time to a delivery", chart);
    section.table(times);
    section.paragraph("CPU is the host's, user and system; 100 % is one processor.");
    section.table(costs);
    section.raw(all.stream().map(ChatExperiment::raw).toList());
    return section;
  }

  private static void row(Table times, BarChart chart, Run run) {
    Histogram latency = run.load().latency();
    times.row(
        run.of().name(),
        Numbers.of(millis(latency, 50)),
        Numbers.of(millis(latency, 99)),
        Numbers.of(millis(latency, 99.9)),
        Numbers.of(millis(latency, 100)));
    chart.group(run.of().name());
    chart.bar("p50", millis(latency, 50), 0, 0, true);
    chart.bar("p99", millis(latency, 99), 0, 0, true);
    chart.bar("p99.9", millis(latency, 99.9), 0, 0, true);
    chart.bar("max", millis(latency, 100), 0, 0, true);
  }

  private static double millis(Histogram times, double percentile) {
    return times.getValueAtPercentile(percentile) / 1e6;
  }

  private static Map<String, Object> raw(Run run) {
    Map<String, Object> raw = new LinkedHashMap<>();
    raw.put("plan", run.of().plan());
    raw.put("messages", run.load().messages());
    raw.put("deliveries", run.load().deliveries());
    raw.put("account", run.load().account());
    raw.put("sent", run.load().sent());
    raw.put("dropped", run.load().dropped());
    raw.put("lost", run.load().lost());
    raw.put("wrong", run.load().wrong());
    raw.put("diskBytesPerMessage", run.disk());
    Map<String, Double> times = new LinkedHashMap<>();
    for (double percentile : new double[] {50, 90, 99, 99.9, 99.99, 100}) {
      times.put("p" + percentile, millis(run.load().latency(), percentile));
    }
    raw.put("millis", times);
    return raw;
  }
}
