package slipway.server.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts and tells what a loop does that is stuck in a world: in a frame, or between two frames.
 * Each time is counted and told once. Used by one thread.
 */
final class LoopWatch {

  private static final long SECOND = 1_000_000_000L;
  private static final long STUCK_NANOS = SECOND;

  private final Supplier<List<FrameLoop>> loops;
  private final LongSupplier nanos;
  private final Consumer<String> log;
  private final Map<FrameLoop, FrameLoop.Work> told = new HashMap<>();

  /**
   * Makes it.
   *
   * @param loops those that there are now
   * @param log takes a text of several lines
   */
  LoopWatch(Supplier<List<FrameLoop>> loops, LongSupplier nanos, Consumer<String> log) {
    this.loops = loops;
    this.nanos = nanos;
    this.log = log;
  }

  /** Looks at all loops; to be called once a second. */
  void look() {
    List<FrameLoop> now = loops.get();
    told.keySet().retainAll(now);
    for (FrameLoop loop : now) {
      FrameLoop.Work work = loop.work();
      if (work != null
          && nanos.getAsLong() - work.since() >= STUCK_NANOS
          && told.put(loop, work) != work) {
        work.world().counts().stuck();
        tell(loop, work.world());
      }
    }
  }

  private void tell(FrameLoop loop, HostWorld world) {
    log.accept(
        "world "
            + world.name()
            + ": a frame takes more than "
            + STUCK_NANOS / SECOND
            + " s; "
            + loop.thread().getName()
            + " is at\n"
            + Stream.of(loop.thread().getStackTrace())
                .map(frame -> "    " + frame)
                .collect(Collectors.joining("\n")));
  }
}
