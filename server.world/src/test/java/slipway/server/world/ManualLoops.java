package slipway.server.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import slipway.testkit.TestHost;

/**
 * Two loops that are the thread of a test, as its event loop is, and a time that stands still until
 * the test lets it pass.
 */
final class ManualLoops {

  /** Those that have gone, too: what comes to them goes to others. */
  private final List<FrameLoop> made = new ArrayList<>();

  private final Loops all = new Loops(new LoopsRule(2, Duration.ZERO), this::make);
  private volatile long now;

  private FrameLoop make(int number) {
    FrameLoop loop = new FrameLoop("loop " + number, this::now);
    made.add(loop);
    return loop;
  }

  Loops all() {
    return all;
  }

  /** The time, in nanoseconds. */
  long now() {
    return now;
  }

  /** Lets time pass, and does nothing in it. */
  void pass(Duration time) {
    now += time.toNanos();
  }

  /**
   * Does all that is to be done without time passing, in loops and event loop.
   *
   * @param host whose event loop it is; null if there is none yet
   */
  void run(TestHost host) {
    boolean more = true;
    while (more) {
      more = false;
      for (FrameLoop loop : List.copyOf(made)) {
        while (loop.step() == 0) {
          more = true;
        }
      }
      if (host != null) {
        host.run();
      }
    }
  }
}
