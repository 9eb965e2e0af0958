package slipway.server.world;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.service.LogContext;

/**
 * Tells that a version has failed with sessions of a world, so that a client that comes again and
 * again cannot fill the log: one failure a minute with its stack trace, and how many there were
 * since the one before. Confined to the world's loop.
 */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final long PAUSE_NANOS = 60_000_000_000L;

  private final String world;
  private final LongSupplier nanos;
  private long toldAt;
  private boolean told;
  private long untold;

  Failures(String world, LongSupplier nanos) {
    this.world = world;
    this.nanos = nanos;
  }

  /** A method that was called for a session has thrown something. */
  void failed(HostSession session, Throwable failure) {
    long now = nanos.getAsLong();
    if (told && now - toldAt < PAUSE_NANOS) {
      untold++;
      return;
    }
    String others = untold == 0 ? "" : " (" + untold + " more since the last that was told)";
    told = true;
    toldAt = now;
    untold = 0;
    LogContext.about(
        session.connection(),
        () -> LOG.error("world {}: {}: the service failed{}", world, session, others, failure));
  }
}
