package slipway.bench.measure;

import java.io.IOException;
import java.util.function.ToDoubleFunction;

/**
 * Repeats runs that others on the machine have disturbed, as long as its budget lasts: on a machine
 * that is never quiet the bench still ends in time, and the report says how disturbed it was.
 */
public final class Repeats {

  /** Above this share of the machine, a run counts as disturbed. */
  public static final double FOREIGN = 0.06;

  private int budget;

  /** So many repetitions in all. */
  public Repeats(int budget) {
    this.budget = budget;
  }

  /** A run of the bench. */
  @FunctionalInterface
  public interface Run<T> {
    T run() throws IOException;
  }

  /** Runs once, and once more if that was disturbed; returns the quieter one. */
  public <T> T quieter(Run<T> run, ToDoubleFunction<T> foreign) throws IOException {
    T first = run.run();
    if (foreign.applyAsDouble(first) < FOREIGN || budget == 0) {
      return first;
    }
    budget--;
    T second = run.run();
    return foreign.applyAsDouble(second) < foreign.applyAsDouble(first) ? second : first;
  }
}
