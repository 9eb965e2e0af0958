package slipway.server.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The loops of the host, which have numbers from 1 on. Changed by the control thread; may be looked
 * at by any.
 */
final class Loops implements AutoCloseable {

  /** Linux cuts it after 15 bytes, so from the tenth loop on it is not unique there. */
  private static final String NAME = "slipway-world-";

  private final IntFunction<FrameLoop> maker;

  /** One or more. Replaced as a whole. */
  private volatile List<FrameLoop> all = List.of();

  /**
   * Makes the loops.
   *
   * @param maker makes the loop of a number, which runs
   */
  Loops(LoopsRule rule, IntFunction<FrameLoop> maker) {
    this.maker = maker;
    change(rule);
  }

  /** Loops that are threads. */
  static Loops started(LoopsRule rule) {
    return new Loops(rule, number -> new FrameLoop(NAME + number, System::nanoTime).start());
  }

  /** All, in the order of their numbers. */
  List<FrameLoop> all() {
    return all;
  }

  /** The loop of a number; null if there is none. */
  FrameLoop find(int number) {
    List<FrameLoop> now = all;
    return number >= 1 && number <= now.size() ? now.get(number - 1) : null;
  }

  /** The number of a loop; 0 if it has gone. */
  int number(FrameLoop loop) {
    return all.indexOf(loop) + 1;
  }

  /** Changes how many there are, and how they wait. Those with the highest numbers go. */
  void change(LoopsRule rule) {
    List<FrameLoop> before = all;
    List<FrameLoop> next =
        new ArrayList<>(before.subList(0, Math.min(rule.count(), before.size())));
    while (next.size() < rule.count()) {
      next.add(maker.apply(next.size() + 1));
    }
    next.forEach(loop -> loop.spin(rule.spin().toNanos()));
    all = List.copyOf(next);
    before.stream().skip(next.size()).forEach(loop -> loop.retire(all));
  }

  /** Ends them. */
  @Override
  public void close() {
    all.forEach(FrameLoop::close);
  }
}
