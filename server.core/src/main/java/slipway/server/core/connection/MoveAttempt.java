package slipway.server.core.connection;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.server.core.connection.HandOffCounts.Outcome;
import slipway.server.core.pipeline.Boundaries;
import slipway.server.core.pipeline.BoundaryGate;
import slipway.server.core.pipeline.Exchange;
import slipway.server.core.pipeline.ServiceHandlers;
import slipway.service.Handed;
import slipway.service.LogContext;

/**
 * One attempt to move a connection from one version of its service to another.
 *
 * <pre>
 *  BOUNDARY ─▶ ASKED ──given up──▶ ANSWERED: parked ─▶ handlers exchanged ─▶ unparked ─▶ OVER
 *     │          │                                             │
 *     ├──────────┴──────────── left with the old version, ◀────┘
 *     └─ closed ─▶ OVER        and tried again
 * </pre>
 *
 * <p>Until the connection is parked, its old version goes on serving it, and a gate in front of the
 * handlers that are to go lets nothing pass that is behind the boundary. A service that adds its
 * handlers by itself is parked before it is asked.
 *
 * <p>Runs in the connection's event loop. What the old version wrote is on its way before the new
 * one can write; what arrives meanwhile waits in the head, behind what the old handlers had left.
 */
final class MoveAttempt {

  private static final Logger LOG = LoggerFactory.getLogger(MoveAttempt.class);
  private static final String CLOSED = "were closed meanwhile"; // nobody to be taken up for

  private enum Phase {
    /** Its old handlers may be in the middle of something. */
    BOUNDARY,
    /** The old version is asked to give it up. */
    ASKED,
    /** It has answered, and handlers are exchanged if it has given up. */
    ANSWERED,
    OVER
  }

  private final Move move;
  private final HostedConnection connection;
  private final Channel channel;
  private final Side old;
  private final Side next;

  private List<ChannelHandlerContext> leaving = List.of();
  private ChannelHandlerContext head;
  private final ChannelFutureListener closed = future -> closedMeanwhile();
  private CompletableFuture<Handed> asked;
  private Future<?> deadline;
  private Phase phase = Phase.BOUNDARY;
  private boolean parked;
  private long parkedAt;

  MoveAttempt(Move move, Side old, Side next) {
    this.move = move;
    this.connection = move.connection();
    this.channel = connection.channel();
    this.old = old;
    this.next = next;
  }

  void begin() {
    connection.moving(true);
    connection.head().occupies();
    head = channel.pipeline().context(ConnectionHead.class);
    deadline = channel.eventLoop().schedule(this::tooLate, move.limit().toNanos(), NANOSECONDS);
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
    return move.all() ? List.of() : old.staying(connection, next);
  }

  private ConnectionHead head() {
    return (ConnectionHead) head.handler();
  }

  // ---- until it is given up --------------------------------------------------------------------

  /** Whether nothing more is to come to the old handlers now; asks for it at a boundary. */
  private boolean isReady() {
    if (phase == Phase.BOUNDARY && Boundaries.canGo(leaving)) {
      ask();
    }
    return switch (phase) {
      case BOUNDARY -> false;
      case ASKED, ANSWERED -> parked || asked.isDone();
      case OVER -> true;
    };
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
      phase = Phase.ASKED;
      // never within the call of a handler that completes it, which is to return first
      asked.whenComplete((handed, kept) -> channel.eventLoop().execute(this::proceed));
    } catch (Throwable kept) {
      stay(kept.toString());
    }
  }

  private void proceed() {
    if (phase != Phase.ASKED || !asked.isDone()) {
      return;
    }
    phase = Phase.ANSWERED;
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
      end(Outcome.CLOSED, CLOSED);
    } else {
      exchange(handed);
    }
  }

  private void tooLate() {
    deadline = null;
    if (phase == Phase.BOUNDARY) {
      stay(Boundaries.obstacle(leaving));
    } else if (phase == Phase.ASKED && asked.cancel(true)) {
      stay("it was not given up in time");
    } else { // it was, by another thread, a moment ago
      proceed();
    }
  }

  /** A version that closes it as it takes it up does not end the exchange before it is done. */
  private void closedMeanwhile() {
    if (phase == Phase.BOUNDARY || phase == Phase.ASKED) {
      end(Outcome.CLOSED, CLOSED);
    }
  }

  private void park() {
    if (!parked) {
      parked = true;
      parkedAt = System.nanoTime();
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
    Takeover takeover = new Takeover(move, old, next, exchange);
    Optional<Throwable> failure = takeover.attempt(handed);
    if (failure.isEmpty()) {
      channel.closeFuture().removeListener(closed); // not one of those that are looked for
      takeover.forget();
      goOn(
          exchange,
          Outcome.MOVED,
          MoveReport.MOVED + " from " + move.from().version() + " to " + move.to().version());
    } else {
      goOn(exchange, Outcome.STAYED, stays(failure.get().toString()));
      move.again(failure.get() instanceof Exchange.Unplaceable);
    }
  }

  private void goOn(Exchange exchange, Outcome outcome, String text) {
    exchange.end();
    if (channel.isActive()) {
      end(outcome, text);
    } else {
      end(Outcome.CLOSED, CLOSED);
    }
    ConnectionTail.keepLast(channel.pipeline());
    head().forgetTail();
    exchange.giveOn();
    unpark();
    if (outcome == Outcome.MOVED) {
      connection.milestones().paused(System.nanoTime() - parkedAt);
    }
  }

  // ---- the end ---------------------------------------------------------------------------------

  private void stay(String reason) {
    if (phase != Phase.OVER) {
      end(Outcome.STAYED, stays(reason));
      BoundaryGate.remove(channel.pipeline());
      if (parked) {
        unpark();
      }
      move.again(move.all());
    }
  }

  private String stays(String reason) {
    return "stay with " + move.from().version() + ": " + reason;
  }

  private void unpark() {
    head().unpark(head);
    move.onwards();
  }

  private void end(Outcome outcome, String text) {
    phase = Phase.OVER;
    connection.milestones().handedOff(outcome);
    connection.moving(false);
    channel.closeFuture().removeListener(closed);
    if (deadline != null) {
      deadline.cancel(false);
    }
    move.report().seen(connection.id(), text);
  }
}
