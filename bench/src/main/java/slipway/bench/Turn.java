package slipway.bench;

import java.util.List;
import java.util.Optional;
import slipway.bench.measure.Sample;

/** What one server came to in one place of a table, in one of the {@link Rounds}. */
interface Turn {

  /** From 1 on. */
  int round();

  /** The server's name. */
  String server();

  /** CPU of the server for each message. */
  double cpuMicros();

  /** What share of the machine others used meanwhile. */
  double foreign();

  /** What others did while there were turns, of which there is one at least. */
  static String disturbance(List<? extends Turn> turns) {
    Sample foreign = Sample.of(turns.stream().map(Turn::foreign).toList());
    return String.format(
        "While it was measured, other processes used %.0f %% of the machine (the median of the"
            + " runs; %.0f %% at most).",
        100 * foreign.median(), 100 * foreign.max());
  }

  /**
   * The ratio of a server's CPU to another's: of turns in the same round, which had the same
   * machine at almost the same time.
   *
   * @return empty if there is no such round
   */
  static Optional<Sample> ratio(List<? extends Turn> turns, List<? extends Turn> base) {
    List<Double> ratios =
        turns.stream()
            .flatMap(
                turn ->
                    base.stream()
                        .filter(other -> other.round() == turn.round())
                        .map(other -> turn.cpuMicros() / other.cpuMicros()))
            .toList();
    return ratios.isEmpty() ? Optional.empty() : Optional.of(Sample.of(ratios));
  }
}
