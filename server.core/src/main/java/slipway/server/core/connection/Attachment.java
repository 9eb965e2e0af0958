package slipway.server.core.connection;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.PendingWriteQueue;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.server.core.connection.Reading.Reason;
import slipway.server.core.life.ServiceLease;
import slipway.server.core.pipeline.ServiceHandlers;
import slipway.service.Delimiter;
import slipway.service.LogContext;

/**
 * Gives a new connection to a service. What the service writes while it is being attached is held
 * until the reply to the client has been written, or fails with the service.
 *
 * <p>Runs in the connection's event loop.
 */
final class Attachment {

  private static final Logger LOG = LoggerFactory.getLogger(Attachment.class);

  private final HostedConnection connection;
  private final ServiceLease lease;
  private final ChannelHandlerContext place;
  private final PendingWriteQueue held;

  /**
   * Prepares one.
   *
   * @param place of the dispatch, from which the client is replied to
   */
  Attachment(HostedConnection connection, ServiceLease lease, ChannelHandlerContext place) {
    this.connection = connection;
    this.lease = lease;
    this.place = place;
    this.held = new PendingWriteQueue(place);
  }

  /**
   * Lets the service add its handlers.
   *
   * @return why it could not; empty if it could
   */
  Optional<Throwable> begin() {
    connection.servedBy(lease);
    connection.head().occupies();
    connection.reading().resume(Reason.DISPATCH); // first, so that a service can override it
    try {
      Side.attach(lease.service(), connection);
    } catch (Throwable failed) {
      LogContext.about(
          connection,
          () -> LOG.error("{}: {} could not be attached", connection, lease.name(), failed));
      held.removeAndFailAll(failed);
      return Optional.of(failed);
    }
    ConnectionTail.keepLast(place.pipeline());
    return Optional.empty();
  }

  /** Keeps what the service writes; it is not passed on before {@link #reply}. */
  void hold(Object message, ChannelPromise promise) {
    held.add(message, promise);
  }

  /** Writes the reply to a client that has named the service, then what has been held. */
  void reply() {
    connection.delimiter().ifPresent(this::reply);
    held.removeAndWriteAll();
    place.flush();
  }

  private void reply(Delimiter delimiter) {
    place.write(ByteBufUtil.writeAscii(place.alloc(), lease.name() + delimiter.text()));
  }

  /** Takes from the connection what a service that failed has left, so that another may come. */
  void undo() {
    ServiceHandlers.drop(place.pipeline());
    connection.servedBy(null);
    connection.reading().pause(Reason.DISPATCH);
    connection.reading().beginAnew();
  }
}
