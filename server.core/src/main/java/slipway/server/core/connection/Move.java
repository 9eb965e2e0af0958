package slipway.server.core.connection;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.net.Closing;
import slipway.server.core.life.ActiveVersion;
import slipway.server.core.life.ServiceLease;
import slipway.server.core.pipeline.Boundaries;
import slipway.server.core.pipeline.BoundaryGate;
import slipway.server.core.pipeline.Exchange;
import slipway.server.core.pipeline.ServiceHandlers;
import slipway.server.core.pipeline.Traces;
import slipway.service.Handed;
import slipway.service.LogContext;

/**
 * Moves one connection from one version of its service to another.
 *
 * <pre>
 *  BOUNDARY ─▶ ASKED ──given up──▶ parked ─▶ handlers exchanged ─▶ unparked
 *     │          │                                 │
 *     └──────────┴──── left with the old, ◀────────┘
 *                      and tried again
 * </pre>
 *
 * <p>Until the connection is parked, its old version goes on serving it, and a gate in front of the
 * handlers that are to go lets nothing pass that is behind the boundary. A service that adds its
 * handlers by itself is parked before it is asked.
 *
 * <p>Runs in the connection's event loop. What the old version wrote is on its way before the new
 * one can write; what arrives meanwhile waits in the head, behind what the old handlers had left.
 */
final class Move {

  private static final Logger LOG = LoggerFactory.getLogger(Move.class);

  /** The pauses between attempts: the first, and what they grow to. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final int LONGEST_PAUSE = 32;

  private final HostedConnection connection;
  private final Channel channel;
  private final ActiveVersion from;
  private final ActiveVersion to;
  private final Side old;
  private final Side next;
  private final Duration limit;
  private final MoveReport report;
  private final int attempt;

  /** Whether all handlers go: one that was to stay has no place in the new version. */
  private final boolean all;

  private List<ChannelHandlerContext> leaving = List.of();
  private ChannelHandlerContext head;
  private final ChannelFutureListener closed = future -> closedMeanwhile();
  private CompletableFuture<Handed> asked;
  private Future<?> deadline;
  private boolean parked;
  private boolean given;
  private boolean over;

  private Move(
      HostedConnection connection,
      ActiveVersion from,
      ActiveVersion to,
      Side old,
      Side next,
      Duration limit,
      MoveReport report,
      int attempt,
      boolean all) {
    this.all = all;
    this.report = report;
    this.connection = connection;
    this.channel = connection.channel();
    this.from = from;
    this.to = to;
    this.old = old;
    this.next = next;
    this.limit = limit;
    this.attempt = attempt;
  }

  /**
   * Moves a connection from a version to that one's successor.
   *
   * @param limit time in which it has to be given up
   * @param report told once what became of it
   */
  static void begin(
      HostedConnection connection, ActiveVersion from, Duration limit, MoveReport report) {
    begin(connection, from, limit, report, 0, false);
  }

  private static void begin(
      HostedConnection connection,
      ActiveVersion from,
      Duration limit,
      MoveReport report,
      int attempt,
      boolean all) {
    ServiceLease held = connection.lease();
    ActiveVersion to = from.successor();
    boolean movable =
        connection.channel().isActive()
            && !connection.isMoving()
            && connection.channel().pipeline().get(Dispatch.class) == null
            && held != null
            && held.version() == from
            && to != null;
    if (!movable) {
      report.seen(connection.id(), "");
      return;
    }
    Optional<Side> old = Side.of(from.service());
    Optional<Side> next = Side.of(to.service());
    if (old.isPresent() && next.isPresent()) {
      new Move(connection, from, to, old.get(), next.get(), limit, report, attempt, all).begin();
    } else {
      report.seen(
          connection.id(), "stay with " + from.version() + ", as not both versions hand over");
      connection.stayed();
    }
  }

  private void begin() {
    connection.moving(true);
    connection.occupies();
    head = channel.pipeline().context(ConnectionHead.class);
    deadline = channel.eventLoop().schedule(this::tooLate, limit.toNanos(), NANOSECONDS);
    channel.closeFuture().addListener(closed);
    try {
      List<ChannelHandlerContext> staying = staying();
      leaving =
          ServiceHandlers.in(channel.pipeline()).stream()
              .filter(place -> !staying.contains(place))
              .toList();
      String bar = Boundaries.bar(leaving);
      if (!bar.isEmpty()) {
        stay(bar);
      } else if (isReady()) {
        proceed();
      } else {
        BoundaryGate.place(channel.pipeline(), leaving, this::isReady, this::proceed);
      }
    } catch (Throwable failed) {
      LogContext.about(connection, () -> LOG.error("{}: cannot be moved", connection, failed));
      stay(failed.toString());
    }
  }

  private List<ChannelHandlerContext> staying() {
    return all ? List.of() : old.staying(connection, next);
  }

  private ConnectionHead head() {
    return (ConnectionHead) head.handler();
  }

  // ---- until it is given up --------------------------------------------------------------------

  /** Whether nothing more is to come to the old handlers now; asks for it at a boundary. */
  private boolean isReady() {
    if (asked == null && Boundaries.canGo(leaving)) {
      ask();
    }
    return over || asked != null && (parked || asked.isDone());
  }

  private void ask() {
    try {
      if (old.parksFirst()) {
        park();
      }
      CompletionStage<Handed> stage = old.giveUp(connection);
      if (stage == null) {
        stay("it gave up nothing");
        return;
      }
      asked = stage.toCompletableFuture();
      // never within the call of a handler that completes it, which is to return first
      asked.whenComplete((handed, kept) -> channel.eventLoop().execute(this::proceed));
    } catch (Throwable kept) {
      stay(kept.toString());
    }
  }

  private void proceed() {
    if (over || given || !asked.isDone()) {
      return;
    }
    given = true;
    Handed handed = null;
    String reason = "it gave up nothing";
    try {
      handed = asked.join();
    } catch (CompletionException kept) {
      reason = String.valueOf(kept.getCause());
    } catch (CancellationException kept) {
      reason = kept.toString();
    }
    if (handed == null) {
      stay(reason);
    } else if (!channel.isActive()) {
      closedMeanwhile();
    } else {
      exchange(handed);
    }
  }

  private void tooLate() {
    if (over) {
      return;
    }
    deadline = null;
    if (asked == null) {
      stay(Boundaries.obstacle(leaving));
    } else if (asked.cancel(true)) {
      stay("it was not given up in time");
    } else { // it was, by another thread, a moment ago
      proceed();
    }
  }

  private void closedMeanwhile() {
    if (!over) {
      end("were closed meanwhile"); // it has nobody to be taken up for
    }
  }

  private void park() {
    if (!parked) {
      parked = true;
      head().park();
    }
  }

  // ---- from one to the other -------------------------------------------------------------------

  private void exchange(Handed handed) {
    park();
    channel.flush();
    ConnectionTail.remove(channel.pipeline());
    Exchange exchange = new Exchange(channel.pipeline(), staying());
    exchange.takeOut();
    Description description = connection.description();
    ServiceLease before = connection.lease();
    ServiceLease after = to.lease();
    try {
      if (after == null) {
        throw new IllegalStateException(to.version() + " takes nobody any more");
      }
      connection.servedBy(after);
      connection.reading().forgetService();
      next.takeUp(connection, handed.from(from.version()), exchange);
      next.watch(connection);
    } catch (Throwable failed) {
      told(failed);
      connection.servedBy(before);
      if (after != null) {
        after.close();
      }
      if (failed instanceof LinkageError) {
        to.reject(failed.toString());
      }
      connection.describedAs(description);
      takeBack(exchange, handed);
      goOn(exchange, "stay with " + from.version() + ": " + failed);
      tryAgain(failed instanceof Exchange.Unplaceable);
      return;
    }
    before.close();
    channel.closeFuture().removeListener(closed); // not one of those that are looked for
    forget();
    goOn(exchange, MoveReport.MOVED + " from " + from.version() + " to " + to.version());
  }

  private void told(Throwable failed) {
    LogContext.about(
        connection,
        () -> {
          String text = "{}: {} could not take it up: {}";
          if (attempt == 0) {
            LOG.warn(text, connection, to.version(), failed.toString());
          } else {
            LOG.debug(text, connection, to.version(), failed.toString());
          }
        });
  }

  private void takeBack(Exchange exchange, Handed handed) {
    exchange.undo();
    connection.reading().forgetService();
    try {
      old.takeUp(connection, handed.from(from.version()), exchange);
      old.watch(connection);
    } catch (Throwable failed) {
      LogContext.about(
          connection,
          () -> LOG.error("{}: closed, as neither version takes it up", connection, failed));
      exchange.discard();
      connection.closes(Closing.FAILED);
      channel.close();
    }
  }

  /** What the old version has left of itself would keep its classes in memory. */
  private void forget() {
    ClassLoader loader = from.service().getClass().getClassLoader();
    if (loader == to.service().getClass().getClassLoader()) {
      return;
    }
    Traces.clearAttributes(loader, channel)
        .forEach(
            name ->
                LogContext.about(
                    connection,
                    () ->
                        LOG.warn(
                            "{}: {} has left the attribute {}, which is cleared",
                            connection,
                            from.version(),
                            name)));
    int listening = connection.closeListeners().remove(loader);
    if (listening > 0) {
      LogContext.about(
          connection,
          () ->
              LOG.warn(
                  "{}: {} has left {} who listen to its close, and do so no more",
                  connection,
                  from.version(),
                  listening));
    }
  }

  private void goOn(Exchange exchange, String outcome) {
    exchange.end();
    end(outcome);
    ConnectionTail.keepLast(channel.pipeline());
    head().forgetTail();
    exchange.giveOn();
    unpark();
  }

  // ---- the end ---------------------------------------------------------------------------------

  private void stay(String reason) {
    if (!over) {
      end("stay with " + from.version() + ": " + reason);
      BoundaryGate.remove(channel.pipeline());
      if (parked) {
        unpark();
      }
      tryAgain(all);
    }
  }

  /** Its new version may have been replaced since it was chosen: then it moves on. */
  private void unpark() {
    head().unpark(head);
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
  private void tryAgain(boolean exchangeAll) {
    if (channel.isActive() && connection.isServedBy(from)) {
      boolean atOnce = exchangeAll && !all;
      if (!atOnce) {
        channel.eventLoop().execute(connection::stayed); // not within a handler that gave it up
      }
      long pause = PAUSE.toNanos() * Math.min(LONGEST_PAUSE, 1L << Math.min(attempt, 10));
      channel
          .eventLoop()
          .schedule(
              () ->
                  begin(
                      connection,
                      from,
                      limit,
                      MoveReport.again(from.name()),
                      attempt + 1,
                      exchangeAll && from.successor() == to),
              atOnce ? 0 : pause,
              NANOSECONDS);
    }
  }

  private void end(String outcome) {
    over = true;
    connection.moving(false);
    channel.closeFuture().removeListener(closed);
    if (deadline != null) {
      deadline.cancel(false);
    }
    report.seen(connection.id(), outcome);
  }
}
