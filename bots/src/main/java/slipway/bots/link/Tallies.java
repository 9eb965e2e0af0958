package slipway.bots.link;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/**
 * The tallies of all event loops. Safe for use by any thread except the event loops.
 *
 * @param <T> a tally
 */
public final class Tallies<T extends Tally<T>> {

  private final Loops loops;
  private final Supplier<T> empty;
  private final Map<Loop, T> all = new HashMap<>();

  /** One for each loop, in which nothing is counted. */
  public Tallies(Loops loops, Supplier<T> empty) {
    this.loops = loops;
    this.empty = empty;
    loops.all().forEach(loop -> all.put(loop, empty.get()));
  }

  /** That of a loop, for the clients in it. */
  public T of(Loop loop) {
    return all.get(loop);
  }

  /** What all have counted until now, without the times, which take longer to add. */
  public T counts() {
    return sum(T::addCounts);
  }

  /** What all have counted until now. */
  public T sum() {
    return sum(T::add);
  }

  private T sum(BinaryOperator<T> adding) {
    return loops.ask(loop -> adding.apply(empty.get(), all.get(loop))).stream()
        .reduce(empty.get(), adding);
  }
}
