package slipway.bench;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import slipway.bench.load.Connecting;
import slipway.bench.load.SwapLoad;
import slipway.bench.measure.Environment;
import slipway.bench.measure.Window;
import slipway.bench.peer.AdminSocket;
import slipway.bench.peer.Host;
import slipway.bench.peer.Pause;
import slipway.bench.report.BarChart;
import slipway.bench.report.Goal;
import slipway.bench.report.Numbers;
import slipway.bench.report.Section;
import slipway.bench.report.Table;

/** Versions of echo swapped back and forth under connections that are in use. */
final class SwapExperiment implements Experiment {

  private static final String NAME = "swap";
  private static final int SWAPS = Integer.getInteger("bench.swaps", 1_000);
  static final int CONNECTIONS = 1_000;
  static final int MESSAGES_PER_SECOND = 10_000;
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  /** From one swap to the next; a new version serves for at least the rest of it. */
  private static final Duration PERIOD = Duration.ofMillis(120);

  /** When to stop, whether or not all swaps are done. */
  private static final Duration ENOUGH = Duration.ofSeconds(200);

  private static final int IDLE = 10_000;
  private static final int SPARE_FILES = 200;
  private static final int SWAPS_BESIDE_IDLE = 100;

  private final Path distribution;

  /** Of swaps beside connections on which nothing moves; how many of these were served at last. */
  private record BesideIdle(
      int idle, int swaps, double secondsPerSwap, SwapLoad.Result load, int served, int leaks) {}

  private record Outcome(
      int swaps,
      double secondsPerSwap,
      SwapLoad.Result load,
      List<ClassMemory> looks,
      int leaks,
      long onLastVersion,
      List<String> failures,
      double foreign) {}

  SwapExperiment(Path distribution) {
    this.distribution = distribution;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Section run(Progress progress) throws IOException {
    progress.tell("swap: starting the host");
    try (Host host = Host.start(distribution);
        AdminSocket admin = AdminSocket.of(host.home())) {
      if (!swaps(admin)) {
        Section section = new Section(NAME);
        section.paragraph("This host does not swap services (it has no `libctl install`).");
        return section;
      }
      List<Path> versions = SwapTrigger.versions(distribution, host);
      Outcome outcome = measure(host, admin, SwapTrigger.of(admin), versions, progress);
      BesideIdle besideIdle = besideIdle(progress);
      List<ClassMemory> unprofiled =
          ClassMemory.withoutProfiles(distribution, outcome.swaps(), progress);
      return report(outcome, besideIdle, unprofiled);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private static boolean swaps(AdminSocket admin) {
    try {
      admin.execute("libctl leaks");
      return true;
    } catch (IOException unknown) {
      return false;
    }
  }

  private static Outcome measure(
      Host host, AdminSocket admin, SwapTrigger trigger, List<Path> versions, Progress progress)
      throws IOException, InterruptedException {
    List<ClassMemory> looks = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    try (SwapLoad load = new SwapLoad(host.port(), CONNECTIONS, MESSAGES_PER_SECOND)) {
      load.start();
      Pause.millis(WARM_UP.toMillis());
      looks.add(ClassMemory.of(host, 0));
      Window window = Window.open(host.pid());
      long begun = System.nanoTime();
      long swapping = 0;
      int done = 0;
      while (done < SWAPS && System.nanoTime() - begun < ENOUGH.toNanos()) {
        done++;
        long from = System.nanoTime();
        load.beginMark();
        try {
          trigger.swap(versions.get(done % versions.size()));
        } catch (IOException failed) {
          failures.add("swap " + done + ": " + failed.getMessage());
        }
        load.endMark();
        long took = System.nanoTime() - from;
        swapping += took;
        Pause.millis(Math.max(0, PERIOD.toMillis() - took / 1_000_000));
        if (ClassMemory.isDue(done, SWAPS)) {
          looks.add(ClassMemory.of(host, done));
        }
        if (done % 20 == 0) {
          progress.tell(
              String.format(
                  "swap: %d of %d, %.0f ms each, %d failed",
                  done, SWAPS, swapping / 1e6 / done, failures.size()));
        }
      }
      if (!ClassMemory.isDue(done, SWAPS)) {
        looks.add(ClassMemory.of(host, done));
      }
      double foreign = window.close().foreign();
      SwapLoad.Result result = load.finish();
      String last = done % versions.size() == 1 ? "1.0.2" : "1.0.1";
      long onLast = admin.execute("statistics").lines().filter(line -> line.contains(last)).count();
      int leaks = Leaks.of(host, admin).size();
      return new Outcome(
          done, swapping / 1e9 / done, result, looks, leaks, onLast, failures, foreign);
    }
  }

  private BesideIdle besideIdle(Progress progress) throws IOException, InterruptedException {
    try (Host host = Host.start(distribution);
        AdminSocket admin = AdminSocket.of(host.home())) {
      return besideIdle(host, admin, SwapTrigger.versions(distribution, host), progress);
    }
  }

  private static BesideIdle besideIdle(
      Host host, AdminSocket admin, List<Path> versions, Progress progress)
      throws IOException, InterruptedException {
    int count = (int) Math.min(IDLE, Environment.fileLimit() - CONNECTIONS - SPARE_FILES);
    SwapTrigger trigger = SwapTrigger.of(admin);
    List<SocketChannel> idle = Connecting.open(host.port(), count);
    try (SwapLoad load = new SwapLoad(host.port(), CONNECTIONS, MESSAGES_PER_SECOND)) {
      load.start();
      Pause.millis(WARM_UP.toMillis());
      long swapping = 0;
      for (int done = 1; done <= SWAPS_BESIDE_IDLE; done++) {
        long from = System.nanoTime();
        load.beginMark();
        trigger.swap(versions.get(done % versions.size()));
        load.endMark();
        long took = System.nanoTime() - from;
        swapping += took;
        Pause.millis(Math.max(0, PERIOD.toMillis() - took / 1_000_000));
        if (done % 20 == 0) {
          progress.tell(
              String.format(
                  "swap: %d of %d beside %d idle connections, %.0f ms each",
                  done, SWAPS_BESIDE_IDLE, count, swapping / 1e6 / done));
        }
      }
      SwapLoad.Result result = load.finish();
      int leaks = Leaks.of(host, admin).size();
      return new BesideIdle(
          count,
          SWAPS_BESIDE_IDLE,
          swapping / 1e9 / SWAPS_BESIDE_IDLE,
          result,
          Connecting.served(idle),
          leaks);
    } finally {
      Connecting.close(idle);
    }
  }

  private static Section report(
      Outcome outcome, BesideIdle besideIdle, List<ClassMemory> unprofiled) {
    Section section = new Section(NAME);
    SwapLoad.Result load = outcome.load();
    Histogram pause = load.disturbed();
    section.goal(new Goal("swap: connections dropped", 0, load.dropped(), ""));
    section.goal(new Goal("swap: messages lost", 0, load.lost(), ""));
    section.goal(new Goal("swap: messages changed, doubled, reordered", 0, load.wrong(), ""));
    section.goal(new Goal("swap: pause that a client sees, p99", 20, millis(pause, 99), "ms"));
    section.goal(new Goal("swap: versions gone but held", 0, outcome.leaks(), ""));
    ClassMemory first = outcome.looks().get(Math.min(1, outcome.looks().size() - 1));
    ClassMemory last = outcome.looks().getLast();
    section.goal(
        new Goal(
            "swap: loaded classes after swap " + last.swap() + " ÷ after swap " + first.swap(),
            1.01,
            last.loadedClasses() / (double) first.loadedClasses(),
            "×"));
    section.goal(
        new Goal(
            "swap: Metaspace after swap " + last.swap() + " ÷ after swap " + first.swap(),
            1.01,
            last.metaspaceSince(first),
            "×"));
    section.goal(
        new Goal(
            "swap: the same without the compilers' profiles",
            1.01,
            unprofiled.getLast().metaspaceSince(unprofiled.getFirst()),
            "×"));
    SwapLoad.Result beside = besideIdle.load();
    String besides = "swap beside " + String.format("%,d", besideIdle.idle()) + " idle connections";
    section.goal(
        new Goal(
            besides + ": connections dropped",
            0,
            beside.dropped() + besideIdle.idle() - besideIdle.served(),
            ""));
    section.goal(
        new Goal(besides + ": messages lost or wrong", 0, beside.lost() + beside.wrong(), ""));
    section.goal(new Goal(besides + ": pause, p99", 20, millis(beside.disturbed(), 99), "ms"));
    section.goal(new Goal(besides + ": versions gone but held", 0, besideIdle.leaks(), ""));
    section.paragraph(
        String.format(
            "%,d swaps between two versions of echo by `libctl install`, %.0f ms each, under %,d"
                + " connections that together sent %,d messages at %,d a second. Each message"
                + " carries its connection's number and its own. Afterwards %,d connections were"
                + " with the last version. A pause is the time from when a message was to be sent"
                + " to its echo, of those that were under way during a swap. Other processes used"
                + " %.0f %% of the machine.",
            outcome.swaps(),
            1e3 * outcome.secondsPerSwap(),
            CONNECTIONS,
            load.sent(),
            MESSAGES_PER_SECOND,
            outcome.onLastVersion(),
            100 * outcome.foreign()));
    if (outcome.swaps() < SWAPS) {
      section.paragraph("Time was up before all of the " + SWAPS + " swaps were done.");
    }
    if (!outcome.failures().isEmpty()) {
      section.paragraph(
          outcome.failures().size() + " swaps failed, first " + outcome.failures().getFirst());
    }
    Table times = new Table("ms", "p50", "p99", "p99.9", "max");
    BarChart chart = new BarChart("Time to the echo around a swap", "ms, less is better");
    row(times, chart, "messages before the first swap", load.calm());
    row(times, chart, "messages under way in a swap", pause);
    row(times, chart, "the longest of each swap", load.worst());
    row(times, chart, "in a swap beside idle connections", beside.disturbed());
    section.chart("", "Time to the echo around a swap", chart);
    section.table(times);
    section.paragraph(
        String.format(
            "Beside %,d more connections, on which nothing moved, %,d swaps took %.0f ms each;"
                + " afterwards %,d of them were served.",
            besideIdle.idle(),
            besideIdle.swaps(),
            1e3 * besideIdle.secondsPerSwap(),
            besideIdle.served()));
    section.table(memory(outcome.looks()));
    section.paragraph(
        "The same in a host whose compilers keep no profiles of the methods that run"
            + " (`-XX:TieredStopAtLevel=1`):");
    section.table(memory(unprofiled));
    Map<String, Object> raw = raw(outcome);
    raw.put("classesWithoutProfiles", unprofiled);
    raw.put("idle", besideIdle.idle());
    raw.put("idleServed", besideIdle.served());
    raw.put("secondsPerSwapBesideIdle", besideIdle.secondsPerSwap());
    raw.put("pauseMillisBesideIdle", percentiles(beside.disturbed()));
    section.raw(raw);
    return section;
  }

  private static Table memory(List<ClassMemory> looks) {
    Table table = new Table("after swap", "loaded classes", "Metaspace KiB");
    for (ClassMemory look : looks) {
      table.row(
          Numbers.of((long) look.swap()),
          Numbers.of(look.loadedClasses()),
          Numbers.of(look.metaspaceBytes() / 1024));
    }
    return table;
  }

  private static void row(Table table, BarChart chart, String name, Histogram times) {
    table.row(
        name,
        Numbers.of(millis(times, 50)),
        Numbers.of(millis(times, 99)),
        Numbers.of(millis(times, 99.9)),
        Numbers.of(millis(times, 100)));
    chart.group(name);
    chart.bar("p50", millis(times, 50), 0, 0, true);
    chart.bar("p99", millis(times, 99), 0, 0, true);
    chart.bar("max", millis(times, 100), 0, 0, true);
  }

  private static double millis(Histogram times, double percentile) {
    return times.getValueAtPercentile(percentile) / 1e6;
  }

  private static Map<String, Object> raw(Outcome outcome) {
    Map<String, Object> raw = new LinkedHashMap<>();
    raw.put("swaps", outcome.swaps());
    raw.put("secondsPerSwap", outcome.secondsPerSwap());
    raw.put("sent", outcome.load().sent());
    raw.put("dropped", outcome.load().dropped());
    raw.put("lost", outcome.load().lost());
    raw.put("wrong", outcome.load().wrong());
    raw.put("leaks", outcome.leaks());
    raw.put("connectionsOnLastVersion", outcome.onLastVersion());
    raw.put("classes", outcome.looks());
    raw.put("failures", outcome.failures());
    raw.put("foreign", outcome.foreign());
    raw.put("calmMillis", percentiles(outcome.load().calm()));
    raw.put("pauseMillis", percentiles(outcome.load().disturbed()));
    raw.put("longestOfEachSwapMillis", percentiles(outcome.load().worst()));
    return raw;
  }

  private static Map<String, Double> percentiles(Histogram times) {
    Map<String, Double> all = new LinkedHashMap<>();
    for (double percentile : new double[] {50, 90, 99, 99.9, 99.99, 100}) {
      all.put("p" + percentile, millis(times, percentile));
    }
    return all;
  }
}
