package slipway.server.core.connection;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.Optional;
import slipway.server.core.life.ActiveVersion;
import slipway.server.core.life.ServiceLease;

/**
 * The move of one connection from one version of its service to another. What is here decides
 * whether it can move at all, and when it is tried again; each {@link MoveAttempt} is made once.
 *
 * <p>Belongs to the connection's event loop.
 *
 * @param limit time in which the connection has to be given up
 * @param report told once what became of this attempt
 * @param attempt how many attempts have failed before
 * @param all whether all handlers go: one that was to stay has no place in the new version
 */
record Move(
    HostedConnection connection,
    ActiveVersion from,
    ActiveVersion to,
    Duration limit,
    MoveReport report,
    int attempt,
    boolean all) {

  /** The pauses between attempts: the first, and what they grow to. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final int LONGEST_PAUSE = 32;

  /**
   * Moves a connection from a version to that one's successor.
   *
   * @param limit time in which it has to be given up
   * @param report told once what became of it
   */
  static void begin(
      HostedConnection connection, ActiveVersion from, Duration limit, MoveReport report) {
    new Move(connection, from, from.successor(), limit, report, 0, false).begin();
  }

  private void begin() {
    if (!isDue()) {
      report.seen(connection.id(), "");
      return;
    }
    Optional<Side> old = Side.of(from.service());
    Optional<Side> next = Side.of(to.service());
    if (old.isPresent() && next.isPresent()) {
      new MoveAttempt(this, old.get(), next.get()).begin();
    } else {
      report.seen(
          connection.id(), "stay with " + from.version() + ", as not both versions hand over");
      connection.news().stayed();
    }
  }

  /** Whether it is served by the old version, and neither closed nor on its way already. */
  private boolean isDue() {
    return connection.channel().isActive()
        && !connection.isMoving()
        && connection.channel().pipeline().get(Dispatch.class) == null
        && connection.serving().isBy(from)
        && to != null;
  }

  /** Its new version may have been replaced since it was chosen: then it moves on. */
  void onwards() {
    ServiceLease held = connection.lease();
    if (held != null && held.version().successor() != to) {
      begin(connection, held.version(), limit, new MoveReport(held.name(), 1));
    }
  }

  /**
   * After a while, or at the next boundary.
   *
   * @param exchangeAll whether no handler is to stay the next time, if it is to the same version
   */
  void again(boolean exchangeAll) {
    if (connection.channel().isActive() && connection.serving().isBy(from)) {
      boolean atOnce = exchangeAll && !all;
      if (!atOnce) {
        // not within a handler that gave it up
        connection.channel().eventLoop().execute(connection.news()::stayed);
      }
      connection
          .channel()
          .eventLoop()
          .schedule(() -> next(exchangeAll).begin(), atOnce ? 0 : pause(), NANOSECONDS);
    }
  }

  private long pause() {
    return PAUSE.toNanos() * Math.min(LONGEST_PAUSE, 1L << Math.min(attempt, 10));
  }

  private Move next(boolean exchangeAll) {
    ActiveVersion successor = from.successor(); // as of now
    return new Move(
        connection,
        from,
        successor,
        limit,
        MoveReport.again(from.name()),
        attempt + 1,
        exchangeAll && successor == to);
  }
}
