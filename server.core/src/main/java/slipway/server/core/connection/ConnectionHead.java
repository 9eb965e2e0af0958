package slipway.server.core.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.net.Closing;
import slipway.server.core.connection.Reading.Reason;
import slipway.server.core.life.Leases;
import slipway.server.core.pipeline.DroppedFailures;
import slipway.server.core.pipeline.HeadHandler;
import slipway.server.core.pipeline.Held;
import slipway.server.core.watch.Occupation;
import slipway.server.core.watch.Occupied;
import slipway.service.LogContext;

/**
 * What the host does before a service's handlers: counts bytes, holds reads back while there is a
 * reason ({@link Reading}), keeps what arrives while a connection moves, and keeps the tail last.
 */
final class ConnectionHead extends ChannelDuplexHandler implements HeadHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionHead.class);
  private static final VarHandle IN;
  private static final VarHandle OUT;

  static {
    try {
      IN = MethodHandles.lookup().findVarHandle(ConnectionHead.class, "in", long.class);
      OUT = MethodHandles.lookup().findVarHandle(ConnectionHead.class, "out", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /**
   * Written by the event loop alone, without a fence; here and not in an object of their own, as
   * that would cost each message a cache line more.
   */
  private long in;

  private long out;

  private final HostedConnection connection;
  private final Leases leases;

  /** What the event loop does, for the watchdog. */
  private Occupation occupation;

  private final Duration idleTimeout;
  private final ConnectionProof proof = new ConnectionProof();
  private ChannelHandlerContext place;
  private Reading reading;
  private IdleWatch idle;
  private boolean active;
  private boolean proving; // whether the proof is wanted: here, so that no message fetches that
  private boolean gone;
  private Queue<Object> parked;

  /** Where the tail was last, so that only this is compared and nothing of the tail is fetched. */
  private ChannelHandlerContext tail;

  ConnectionHead(HostedConnection connection, Duration idleTimeout, Leases leases) {
    this.connection = connection;
    this.leases = leases;
    this.idleTimeout = idleTimeout;
    connection.headedBy(this);
  }

  /** The event loop begins with something of this connection; event loop only. */
  void occupies() {
    occupation.serves(connection);
  }

  /** Bytes received; a moment old if it is not the event loop that asks. */
  long bytesIn() {
    return (long) IN.getOpaque(this);
  }

  /** Bytes written by the service; likewise. */
  long bytesOut() {
    return (long) OUT.getOpaque(this);
  }

  /** The connection has another version now, of which it is not known yet whether it serves. */
  void awaitProof() {
    proving = true;
    proof.beginAnew();
  }

  /** Whether the version has shown that it serves; event loop only. */
  ConnectionProof proof() {
    return proof;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    occupation = context.executor() instanceof Occupied loop ? loop.occupation() : new Occupation();
    place = context;
    reading = new Reading(context);
    idle = new IdleWatch(connection, context, new Progress(this));
    idle.timeout(idleTimeout);
  }

  /** Where it stands, behind the stages: what the host itself writes is written from here. */
  ChannelHandlerContext place() {
    return place;
  }

  /** Whether the connection is read; event loop only. */
  Reading reading() {
    return reading;
  }

  /** Event loop only; does nothing once the handler is removed. */
  void idleTimeout(Duration timeout) {
    if (!gone) {
      idle.timeout(timeout);
    }
  }

  /** The last of a closed channel's handlers to go, so that no code of the service follows. */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    gone = true;
    idle.stop();
    if (parked != null) {
      parked.forEach(Held::release);
    }
    if (context.channel().isOpen()) {
      connection.closes(Closing.FAILED);
      LogContext.about(
          connection,
          () ->
              LOG.error("{}: closed, as its service has removed the host's handlers", connection));
      context.channel().close();
    }
    connection.milestones().closed();
  }

  /** No handler behind the head hears of the connection before all its stages are ready. */
  @Override
  public void channelActive(ChannelHandlerContext context) {
    active = true;
    if (connection.entrance().isThrough()) {
      context.fireChannelActive();
    }
  }

  /** All stages are ready. */
  void through() {
    if (active) {
      place.fireChannelActive();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    IN.setOpaque(this, in + size(message));
    occupation.serves(connection);
    if (parked == null) {
      if (proving) {
        proof.received();
      }
      int failures = DroppedFailures.count();
      context.fireChannelRead(message);
      if (DroppedFailures.count() != failures) {
        failedTwice(context, failures);
      }
    } else {
      parked.add(message);
    }
  }

  /** A handler's exceptionCaught has thrown: Netty logs it, and does nothing else. */
  private void failedTwice(ChannelHandlerContext context, int before) {
    Throwable failure = DroppedFailures.since(before);
    if (failure != null) {
      connection.closes(Closing.FAILED);
      LogContext.about(
          connection,
          () ->
              LOG.warn(
                  "{}: closed, as its service failed in exceptionCaught: {}",
                  connection,
                  failure.toString()));
      context.close();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (parked != null) {
      return;
    }
    if (context.pipeline().lastContext() != tail) {
      tail = ConnectionTail.keepLast(context.pipeline());
    }
    int failures = DroppedFailures.count();
    context.fireChannelReadComplete();
    if (DroppedFailures.count() != failures) {
      failedTwice(context, failures);
    }
    if (proving && proof.show()) {
      proving = false;
      leases.proved(connection.lease());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    occupation.serves(connection);
    if (parked == null) {
      int failures = DroppedFailures.count();
      context.fireUserEventTriggered(event);
      if (DroppedFailures.count() != failures) {
        failedTwice(context, failures);
      }
    } else {
      parked.add(Held.event(event));
    }
  }

  /** A context keeps its neighbours, so an old place would hold a version's handlers. */
  void forgetTail() {
    tail = null;
  }

  // ---- parking -------------------------------------------------------------------------------

  /** Keeps from the service what arrives from now on, and reads no more. */
  void park() {
    parked = new ArrayDeque<>();
    reading.pause(Reason.MOVE);
  }

  /** Gives the service what has arrived meanwhile, and reads again. */
  void unpark(ChannelHandlerContext context) {
    Queue<Object> waited = parked;
    parked = null;
    for (Object one : waited) {
      if (Held.isMessage(one)) {
        proof.received();
      }
      Held.passOn(context, one);
    }
    if (!waited.isEmpty()) {
      context.fireChannelReadComplete();
    }
    reading.resume(Reason.MOVE);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    OUT.setOpaque(this, out + size(message));
    context.write(message, promise);
  }

  private static long size(Object message) {
    if (message instanceof ByteBuf buffer) {
      return buffer.readableBytes();
    }
    return message instanceof FileRegion region ? region.count() : 0;
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    connection.closes(Closing.SERVICE); // if nobody has given a reason before
    context.close(promise);
  }

  // ---- backpressure --------------------------------------------------------------------------

  @Override
  public void read(ChannelHandlerContext context) {
    if (reading.mayRead()) {
      context.read();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      reading.resume(Reason.SLOW_PEER);
    } else {
      reading.pause(Reason.SLOW_PEER);
    }
    context.fireChannelWritabilityChanged();
  }
}
