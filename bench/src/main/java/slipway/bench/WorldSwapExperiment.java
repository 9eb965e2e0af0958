package slipway.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import slipway.bench.measure.Window;
import slipway.bench.peer.Bots;
import slipway.bench.peer.Pause;
import slipway.bench.peer.ServiceVersions;
import slipway.bench.report.Section;

/** Versions of the game {@code world} swapped back and forth under players that walk and talk. */
final class WorldSwapExperiment implements Experiment {

  static final String NAME = "worldswap";

  private static final int PLAYERS = Integer.getInteger("bench.worldswap.players", 1_000);
  private static final int SWAPS = Integer.getInteger("bench.worldswap.swaps", 100);
  private static final List<Integer> RATES = List.of(25, 60);

  /** Of the players without a swap, for comparison. */
  private static final Duration CALM = Duration.ofSeconds(15);

  /** When to stop at one rate, whether or not all swaps are done. */
  private static final Duration ENOUGH = Duration.ofSeconds(400);

  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final int TOLD_EACH = 10;

  private final Path distribution;

  /**
   * What came of one rate.
   *
   * @param calm what players have seen without swaps
   * @param swapped what they have seen while versions were swapped
   * @param millis how long each {@code libctl install} took
   * @param skippedCalm frames that the zones left out without swaps
   * @param skipped the same, with them
   * @param failures swaps that were refused
   * @param leaks versions that were gone and held, and by what
   */
  record Outcome(
      int fps,
      int players,
      int swaps,
      Bots.Report calm,
      Bots.Report swapped,
      Histogram millis,
      long skippedCalm,
      long skipped,
      List<String> failures,
      List<String> leaks,
      double foreign) {}

  WorldSwapExperiment(Path distribution) {
    this.distribution = distribution;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Section run(Progress progress) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    for (int fps : RATES) {
      progress.tell(String.format("worldswap: %d FPS: starting the host", fps));
      try (WorldHost host = WorldHost.start(distribution, fps)) {
        outcomes.add(measure(host, fps, progress));
      }
    }
    return new WorldSwapReport(outcomes, SWAPS).section();
  }

  private Outcome measure(WorldHost host, int fps, Progress progress) throws IOException {
    Path home = host.host().home();
    List<Path> versions =
        List.of(
            ServiceVersions.make(distribution, "world", "1.0.1", home),
            ServiceVersions.make(distribution, "world", "1.0.2", home));
    Bots.Report calm = calm(host, fps, progress);
    long skippedCalm = host.sumOfZones("skipped");
    progress.tell(String.format("worldswap: %d FPS: %,d players come in again", fps, PLAYERS));
    Histogram millis = new Histogram(3);
    List<String> failures = new ArrayList<>();
    try (Bots bots = host.enter(PLAYERS)) {
      Pause.millis(SETTLE.toMillis());
      Window window = Window.open(host.pid(), bots.pid());
      long begun = System.nanoTime();
      int done = 0;
      while (done < SWAPS && System.nanoTime() - begun < ENOUGH.toNanos()) {
        done++;
        long from = System.nanoTime();
        try {
          host.admin().execute("libctl install " + versions.get(done % versions.size()));
          millis.recordValue((System.nanoTime() - from) / 1_000_000);
        } catch (IOException failed) {
          failures.add("swap " + done + ": " + failed.getMessage());
        }
        bots.check();
        if (done % TOLD_EACH == 0) {
          progress.tell(
              String.format(
                  "worldswap: %d FPS: %d of %d, %.0f ms each, %d failed",
                  fps, done, SWAPS, millis.getMean(), failures.size()));
        }
      }
      Pause.millis(SETTLE.toMillis());
      double foreign = window.close().foreign();
      Bots.Report swapped = bots.finish();
      long skipped = host.sumOfZones("skipped") - skippedCalm;
      return new Outcome(
          fps,
          PLAYERS,
          done,
          calm,
          swapped,
          millis,
          skippedCalm,
          skipped,
          failures,
          Leaks.of(host.host(), host.admin()),
          foreign);
    }
  }

  private static Bots.Report calm(WorldHost host, int fps, Progress progress) throws IOException {
    progress.tell(String.format("worldswap: %d FPS: %,d players come in", fps, PLAYERS));
    try (Bots bots = host.enter(PLAYERS)) {
      Pause.millis(CALM.toMillis());
      return bots.finish();
    }
  }
}
