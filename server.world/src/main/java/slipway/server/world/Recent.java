package slipway.server.world;

import java.util.ArrayDeque;
import java.util.Deque;
import org.HdrHistogram.Histogram;

/** How a world was in the last seconds. Sampled once a second by one thread, read by any. */
final class Recent {

  private static final int SECONDS = 10;
  private static final int DIGITS = 2;
  private static final double NANOS = 1e9;

  private final WorldCounts counts;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private Figures figures = Figures.NONE;

  /** Replaced as a whole. */
  private Histogram late = new Histogram(DIGITS);

  private record Sample(long at, WorldCounts.Totals totals, Histogram late, Histogram busy) {}

  /**
   * Figures of the last ten seconds, or of as many as there were. Times are in nanoseconds.
   *
   * @param fps frames that were run in a second
   * @param received packets that were dealt with in a second
   * @param receivedBytes bytes of their payloads in a second
   * @param sent packets that were sent in a second
   * @param sentBytes bytes of their payloads in a second
   * @param frames how many frames the times are of; 0 if there were none
   */
  record Figures(
      double fps,
      double received,
      double receivedBytes,
      double sent,
      double sentBytes,
      long frames,
      long lateP50,
      long lateP99,
      long lateP999,
      long lateMax,
      double busyMean,
      long busyP99) {

    static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  Recent(WorldCounts counts) {
    this.counts = counts;
  }

  /**
   * Takes a sample.
   *
   * @param now the time in nanoseconds
   */
  synchronized void sample(long now) {
    samples.addLast(
        new Sample(
            now,
            counts.totals(),
            counts.late().getIntervalHistogram(),
            counts.busy().getIntervalHistogram()));
    if (samples.size() > SECONDS + 1) {
      samples.removeFirst();
    }
    figures = compute();
  }

  private Figures compute() {
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    double seconds = (last.at() - first.at()) / NANOS;
    if (seconds <= 0) {
      return Figures.NONE;
    }
    late = sum(samples.stream().skip(1).map(Sample::late).toList());
    Histogram busy = sum(samples.stream().skip(1).map(Sample::busy).toList());
    return new Figures(
        (last.totals().frames() - first.totals().frames()) / seconds,
        (last.totals().received() - first.totals().received()) / seconds,
        (last.totals().receivedBytes() - first.totals().receivedBytes()) / seconds,
        (last.totals().sent() - first.totals().sent()) / seconds,
        (last.totals().sentBytes() - first.totals().sentBytes()) / seconds,
        late.getTotalCount(),
        late.getValueAtPercentile(50),
        late.getValueAtPercentile(99),
        late.getValueAtPercentile(99.9),
        late.getMaxValue(),
        busy.getMean(),
        busy.getValueAtPercentile(99));
  }

  private static Histogram sum(Iterable<Histogram> parts) {
    Histogram sum = new Histogram(DIGITS);
    parts.forEach(sum::add);
    return sum;
  }

  /** How late each of the frames was begun; not to be changed. */
  synchronized Histogram late() {
    return late;
  }

  synchronized Figures figures() {
    return figures;
  }
}
