package slipway.server.core.connection;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.server.core.life.ServiceLease;
import slipway.server.core.life.ServiceVersion;
import slipway.service.HandOff;
import slipway.service.LogContext;

/**
 * Moves one connection from one version of its service to another.
 *
 * <pre>
 *  parked ─▶ given up ─▶ handlers removed ─▶ taken up ─▶ unparked
 *     │          │                              │
 *     └──────────┴──── left with the old ◀──────┘
 * </pre>
 *
 * <p>Runs in the connection's event loop. What the old version wrote is on its way before the new
 * one can write; what arrives meanwhile waits in the head, behind what the old decoders had left.
 */
final class Move {

  private static final Logger LOG = LoggerFactory.getLogger(Move.class);

  private final HostedConnection connection;
  private final Channel channel;
  private final ServiceVersion from;
  private final ServiceVersion to;
  private final Duration limit;
  private final MoveReport report;
  private ChannelHandlerContext head;
  private Future<?> deadline;
  private boolean over;

  private Move(
      HostedConnection connection,
      ServiceVersion from,
      ServiceVersion to,
      Duration limit,
      MoveReport report) {
    this.report = report;
    this.connection = connection;
    this.channel = connection.channel();
    this.from = from;
    this.to = to;
    this.limit = limit;
  }

  /**
   * Moves a connection from a version to that one's successor.
   *
   * @param limit time in which it has to be given up
   * @param report told once what became of it
   */
  static void begin(
      HostedConnection connection, ServiceVersion from, Duration limit, MoveReport report) {
    ServiceLease held = connection.lease();
    ServiceVersion to = from.successor();
    boolean movable =
        connection.channel().isActive()
            && !connection.isMoving()
            && connection.channel().pipeline().get(Dispatch.class) == null
            && held != null
            && held.version() == from
            && to != null;
    if (movable) {
      new Move(connection, from, to, limit, report).begin();
    } else {
      report.seen(connection.id(), "");
    }
  }

  private void begin() {
    if (!(from.service() instanceof HandOff old) || !(to.service() instanceof HandOff)) {
      report.seen(
          connection.id(), "stay with " + from.version() + ", as not both versions hand over");
      return;
    }
    connection.moving(true);
    head = channel.pipeline().context(ConnectionHead.class);
    head().park(head);
    try {
      CompletionStage<Map<String, Object>> state = old.giveUp(connection);
      if (!state.toCompletableFuture().isDone()) {
        deadline =
            channel
                .eventLoop()
                .schedule(
                    () -> {
                      state.toCompletableFuture().cancel(true);
                      stay("it was not given up in time");
                    },
                    limit.toNanos(),
                    NANOSECONDS);
      }
      state.whenComplete(this::givenUp);
    } catch (Exception | LinkageError kept) {
      stay(kept.toString());
    }
  }

  private ConnectionHead head() {
    return (ConnectionHead) head.handler();
  }

  private void givenUp(Map<String, Object> state, Throwable kept) {
    if (!channel.eventLoop().inEventLoop()) {
      channel.eventLoop().execute(() -> givenUp(state, kept));
    } else if (kept != null || state == null) {
      stay(kept == null ? "it gave up nothing" : kept.toString());
    } else if (!channel.isActive()) {
      end("were closed meanwhile"); // it has nobody to be taken up for
    } else if (!over) {
      channel.flush();
      List<Object> left = ServiceHandlers.remove(channel.pipeline());
      pass(state, left);
    }
  }

  private void pass(Map<String, Object> state, List<Object> left) {
    ServiceLease old = connection.lease();
    ServiceLease next = to.lease();
    try {
      if (next == null) {
        throw new IllegalStateException(to.version() + " takes nobody any more");
      }
      HandedState.check(state);
      connection.servedBy(next);
      ((HandOff) to.service()).takeUp(connection, state);
      old.close();
      goOn(left, "handed over from " + from.version() + " to " + to.version());
    } catch (Exception | LinkageError failed) {
      LogContext.about(
          connection,
          () ->
              LOG.warn(
                  "{}: {} could not take it up: {}", connection, to.version(), failed.toString()));
      connection.servedBy(old);
      if (next != null) {
        next.close();
      }
      if (failed instanceof LinkageError) {
        to.reject(failed.toString());
      }
      takeBack(state);
      goOn(left, "stay with " + from.version() + ": " + failed);
    }
  }

  private void takeBack(Map<String, Object> state) {
    ServiceHandlers.remove(channel.pipeline());
    try {
      ((HandOff) from.service()).takeUp(connection, state);
    } catch (Exception | LinkageError failed) {
      LogContext.about(
          connection,
          () -> LOG.error("{}: closed, as neither version takes it up", connection, failed));
      channel.close();
    }
  }

  private void goOn(List<Object> left, String outcome) {
    end(outcome);
    ConnectionTail.keepLast(channel.pipeline());
    left.forEach(head::fireChannelRead);
    if (!left.isEmpty()) {
      head.fireChannelReadComplete();
    }
    unpark();
  }

  private void stay(String reason) {
    if (!over) {
      end("stay with " + from.version() + ": " + reason);
      unpark();
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

  private void end(String outcome) {
    over = true;
    connection.moving(false);
    if (deadline != null) {
      deadline.cancel(false);
    }
    report.seen(connection.id(), outcome);
  }
}
