package slipway.server.world;

import slipway.world.Frame;
import slipway.world.Overrun;

/**
 * When the frames of a world are due: at fixed times, so that the lateness of one does not move
 * those after it.
 *
 * <p>All times are of {@link System#nanoTime} or of a clock like it. Confined to a loop.
 */
final class Schedule {

  private static final long SECOND = 1_000_000_000L;

  private int fps;
  private long period;
  private Overrun overrun;

  /** When frame {@link #origin} was due; the others are counted from there. */
  private long base;

  private long origin;

  /** The number of the next frame. */
  private long next;

  /**
   * Begins with frame 0, which is due at once.
   *
   * @param now the time
   */
  Schedule(int fps, Overrun overrun, long now) {
    this.fps = fps;
    this.period = SECOND / fps;
    this.overrun = overrun;
    this.base = now;
  }

  /** Changes the rate, and what happens if a frame takes too long, from the next frame on. */
  void change(int framesPerSecond, Overrun other) {
    if (framesPerSecond != fps) {
      base = due();
      origin = next;
      fps = framesPerSecond;
      period = SECOND / fps;
    }
    overrun = other;
  }

  /**
   * Goes on from where the world was when it was parked; before the first frame.
   *
   * @param number of the next frame
   */
  void goOnWith(long number) {
    next = number;
    origin = number;
  }

  /** The number of the next frame. */
  long next() {
    return next;
  }

  int fps() {
    return fps;
  }

  /** The time between two frames. */
  long period() {
    return period;
  }

  /** When the next frame is due. */
  long due() {
    return due(next);
  }

  /** Without a sum of rounded periods, which would drift: 60 of them are not a second. */
  private long due(long number) {
    long after = number - origin;
    return base + after / fps * SECOND + after % fps * SECOND / fps;
  }

  /**
   * Begins the next frame, which is due.
   *
   * @param now the time
   */
  Frame begin(long now) {
    int missed = missed(now);
    next += missed;
    Frame frame = new Frame(next, period, missed, false);
    next++;
    return frame;
  }

  private int missed(long now) {
    long behind = (now - due()) / period;
    if (behind <= 0) {
      return 0;
    }
    return switch (overrun) {
      case Overrun.Skip skip -> (int) behind;
      case Overrun.CatchUp catchUp -> (int) Math.max(0, behind - catchUp.most());
      case Overrun.Stretch stretch -> {
        base += behind * period;
        yield 0;
      }
    };
  }
}
