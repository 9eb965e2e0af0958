package slipway.server.core.connection;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.net.Closing;
import slipway.service.LogContext;

/**
 * Closes a connection on which no byte has moved for a time.
 *
 * <p>Looks four times in the timeout whether a byte has moved, instead of noting the time of each:
 * that costs a message nothing, and a connection is closed between one and one and a quarter of the
 * timeout after its last byte. Belongs to the connection's event loop.
 */
final class IdleWatch {

  private static final Logger LOG = LoggerFactory.getLogger(IdleWatch.class);

  private final HostedConnection connection;
  private final ChannelHandlerContext head;
  private final Progress progress;
  private Duration timeout = Duration.ZERO;
  private Future<?> check;
  private long activeAt;

  IdleWatch(HostedConnection connection, ChannelHandlerContext head, Progress progress) {
    this.connection = connection;
    this.head = head;
    this.progress = progress;
  }

  /** Starts again with this timeout; zero for never. */
  void timeout(Duration changed) {
    timeout = changed;
    stop();
    if (!timeout.isZero()) {
      activeAt = head.executor().ticker().nanoTime();
      schedule(timeout.toNanos() / 4);
    }
  }

  void stop() {
    if (check != null) {
      check.cancel(false);
      check = null;
    }
  }

  private void check() {
    long now = head.executor().ticker().nanoTime();
    if (progress.sinceLastLook(head.channel())) {
      activeAt = now;
    }
    long left = timeout.toNanos() - (now - activeAt);
    if (left <= 0) {
      LogContext.about(connection, () -> LOG.debug("{}: closed, idle", connection));
      connection.closes(Closing.IDLE);
      head.close();
    } else {
      schedule(Math.min(left, timeout.toNanos() / 4));
    }
  }

  private void schedule(long nanos) {
    check = head.executor().schedule(this::check, nanos, NANOSECONDS);
  }
}
