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
  private ChannelHandlerContext head;
  private Future<?> deadline;
  private boolean over;

  private Move(
      HostedConnection connection, ServiceVersion from, ServiceVersion to, Duration limit) {
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
   */
  static void begin(HostedConnection connection, ServiceVersion from, Duration limit) {
    ServiceLease held = connection.lease();
    ServiceVersion to = from.successor();
    boolean attached = connection.channel().pipeline().get(Dispatch.class) == null;
    if (connection.channel().isActive()
        && attached
        && held != null
        && held.version() == from
        && to != null) {
      new Move(connection, from, to, limit).begin();
    }
  }

  private void begin() {
    if (!(from.service() instanceof HandOff old) || !(to.service() instanceof HandOff)) {
      LOG.debug("{}: stays with {}, as not both versions hand over", connection, from.version());
      return;
    }
    head = channel.pipeline().context(ConnectionHead.class);
    head().park(head);
    try {
      CompletionStage<Map<String, Object>> state = old.giveUp(connection);
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
      end(); // it has nobody to be taken up for
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
      LOG.info("{}: handed over from {} to {}", connection, from.version(), to.version());
      old.close();
    } catch (Exception | LinkageError failed) {
      LOG.warn("{}: {} could not take it up: {}", connection, to.version(), failed.toString());
      connection.servedBy(old);
      if (next != null) {
        next.close();
      }
      if (failed instanceof LinkageError) {
        to.reject(failed.toString());
      }
      takeBack(state);
    }
    goOn(left);
  }

  private void takeBack(Map<String, Object> state) {
    ServiceHandlers.remove(channel.pipeline());
    try {
      ((HandOff) from.service()).takeUp(connection, state);
    } catch (Exception | LinkageError failed) {
      LOG.error("{}: closed, as neither version takes it up", connection, failed);
      channel.close();
    }
  }

  private void goOn(List<Object> left) {
    end();
    ConnectionTail.keepLast(channel.pipeline());
    left.forEach(head::fireChannelRead);
    if (!left.isEmpty()) {
      head.fireChannelReadComplete();
    }
    head().unpark(head);
    // its new version may have been replaced since it was chosen
    ServiceVersion now = connection.lease().version();
    if (now.successor() != to) {
      begin(connection, now, limit);
    }
  }

  private void stay(String reason) {
    if (!over) {
      LOG.info("{}: stays with {}: {}", connection, from.version(), reason);
      end();
      head().unpark(head);
    }
  }

  private void end() {
    over = true;
    if (deadline != null) {
      deadline.cancel(false);
    }
  }
}
