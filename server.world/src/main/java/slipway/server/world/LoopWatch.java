package slipway.server.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what a loop does that is stuck in a frame, once for each. Used by one thread. */
final class LoopWatch {

  private static final Logger LOG = LoggerFactory.getLogger(LoopWatch.class);
  private static final long STUCK_NANOS = 1_000_000_000L;

  private final List<FrameLoop> loops;
  private final LongSupplier nanos;
  private final Map<FrameLoop, FrameLoop.Work> told = new HashMap<>();

  LoopWatch(List<FrameLoop> loops, LongSupplier nanos) {
    this.loops = loops;
    this.nanos = nanos;
  }

  /** Looks at all loops; to be called once a second. */
  void look() {
    for (FrameLoop loop : loops) {
      FrameLoop.Work work = loop.work();
      if (work != null
          && nanos.getAsLong() - work.since() >= STUCK_NANOS
          && told.put(loop, work) != work) {
        LOG.warn(
            "world {}: a frame takes more than {} s; {} is at\n{}",
            work.world().name(),
            STUCK_NANOS / 1_000_000_000L,
            loop.thread().getName(),
            Stream.of(loop.thread().getStackTrace())
                .map(frame -> "    " + frame)
                .collect(Collectors.joining("\n")));
      }
    }
  }
}
