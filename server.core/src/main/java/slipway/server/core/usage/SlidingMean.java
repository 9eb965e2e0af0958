package slipway.server.core.usage;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * How fast a sum has grown in the last window. There is no answer until a whole window was seen.
 * Not thread-safe.
 */
final class SlidingMean {

  /** Into how many parts a window is cut: so much of it, the answer may be late. */
  private static final int PARTS = 32;

  /** What the sum was. */
  private record Point(Duration at, double sum) {}

  private final Duration window;
  private final Duration spacing;

  /** From the last one that is a window old on; ordered by time. */
  private final Deque<Point> points = new ArrayDeque<>();

  SlidingMean(Duration window) {
    this.window = window;
    this.spacing = window.dividedBy(PARTS);
  }

  /**
   * What the sum is now.
   *
   * @param at not before the last one
   * @return its growth in a nanosecond, as a mean of the last window; empty until there was one
   */
  OptionalDouble add(Duration at, double sum) {
    if (points.isEmpty() || at.minus(points.getLast().at()).compareTo(spacing) >= 0) {
      points.add(new Point(at, sum));
    }
    while (points.size() > 1 && isOld(second(), at)) {
      points.remove();
    }
    Point from = points.getFirst();
    return isOld(from, at)
        ? OptionalDouble.of((sum - from.sum()) / at.minus(from.at()).toNanos())
        : OptionalDouble.empty();
  }

  private Point second() {
    return points.stream().skip(1).findFirst().orElseThrow();
  }

  private boolean isOld(Point point, Duration now) {
    return now.minus(point.at()).compareTo(window) >= 0;
  }
}
