package slipway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.inbox.SharedInbox;
import slipway.service.Connection;
import slipway.service.GoingAway;
import slipway.service.Handed;
import slipway.service.Lease;
import slipway.service.LogContext;
import slipway.thread.OwnThread;

/**
 * Between a connection's event loop and the thread that serves it: puts bytes into the inbox that
 * the thread reads, and wakes a writer that waits for the client.
 *
 * <p>If the connection goes to another version, what the thread has not read is passed on as the
 * handler is removed, and so is the end of the input.
 */
final class StreamHandler extends ChannelInboundHandlerAdapter implements OwnThread {

  /** Bytes waiting for the service at which reading from the client stops. */
  static final int HIGH = 64 * 1024;

  /** Bytes waiting at which it begins again. */
  private static final int LOW = HIGH / 2;

  private static final Logger LOG = LoggerFactory.getLogger(StreamHandler.class);

  private final StreamService service;
  private final Connection connection;
  private final SharedInbox<ByteBuf> inbox;
  private final ChannelOutputStream out;
  private final RequestStream in;
  private volatile Thread thread;

  /** What another version waits for; null if none does. Event loop only. */
  private CompletableFuture<Handed> wanted;

  /** What {@link StreamService#goingAway} writes; separate, as a stream has one writer. */
  private ChannelOutputStream lastWords;

  /** Completed when all that was heard has been told; event loop only. */
  private CompletableFuture<Void> told = CompletableFuture.completedFuture(null);

  StreamHandler(StreamService service, Connection connection, Handed handed) {
    this.service = service;
    this.connection = connection;
    this.inbox =
        new SharedInbox<>(
            connection.channel().eventLoop(), HIGH, LOW, ByteBuf::readableBytes, connection::reads);
    this.out = new ChannelOutputStream(connection.channel());
    this.in = new RequestStream(inbox, out, handed);
  }

  /** The thread starts when all handlers are there: they may have to go again. */
  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    Lease lease = connection.retain();
    context
        .executor()
        .execute(
            () -> {
              if (context.isRemoved() && context.channel().isOpen()) {
                lease.close();
              } else {
                Thread made = newThread(() -> serve(context, lease));
                thread = made; // before it runs: who it is may be asked about it at once
                made.start();
              }
            });
  }

  private Thread newThread(Runnable task) {
    return service.newThread(
        "stream-" + connection.service() + "-" + connection.id(),
        () -> LogContext.about(connection, task));
  }

  @Override
  public Thread thread() {
    return thread;
  }

  @Override
  public long steps() {
    return in.reads() + out.flushes();
  }

  private void serve(ChannelHandlerContext context, Lease lease) {
    try (lease) {
      service.serve(connection, in, out);
      if (in.isGivenUp()) {
        return;
      }
      out.flush();
    } catch (Throwable failure) {
      if (in.isGivenUp()) {
        LOG.warn("{}: failed after it was handed over", connection, failure);
        return;
      }
      if (failure instanceof Error || context.channel().isActive()) {
        inEventLoop(() -> context.fireExceptionCaught(failure));
        return;
      }
    } finally {
      in.close();
    }
    connection.finish();
  }

  /**
   * Another version wants the connection. Event loop only.
   *
   * @return completed by the thread that serves, between two requests
   * @throws IllegalStateException if the client is being told that the connection goes away
   */
  CompletableFuture<Handed> giveUp() {
    if (!told.isDone()) {
      throw new IllegalStateException("it is saying to the client that it goes away");
    }
    wanted = in.want();
    return wanted;
  }

  private boolean isGivenUp() {
    return wanted != null && wanted.isDone() && !wanted.isCompletedExceptionally();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (!isGivenUp()) {
      return;
    }
    boolean ended = inbox.isEnded();
    inbox.takeAll().forEach(context::fireChannelRead);
    if (ended) {
      context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf buffer = (ByteBuf) message;
    if (buffer.isReadable()) {
      inbox.add(buffer);
    } else {
      buffer.release();
    }
  }

  private void inEventLoop(Runnable action) {
    try {
      connection.channel().eventLoop().execute(action);
    } catch (RejectedExecutionException ended) {
      // the event loops have ended, and all connections with them
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inbox.end();
    } else if (event instanceof GoingAway news) {
      tell(context, news);
    } else if (!(event instanceof ChannelInputShutdownReadComplete)) {
      if (event instanceof ChannelOutputShutdownEvent) {
        wakeWriters(); // Netty ends the output of a channel whose write has failed
      }
      context.fireUserEventTriggered(event);
    }
  }

  private void tell(ChannelHandlerContext context, GoingAway news) {
    if (lastWords == null) {
      lastWords = new ChannelOutputStream(connection.channel());
    }
    Lease lease = connection.retain();
    told =
        told.thenRunAsync(() -> goingAway(context, news, lease), task -> newThread(task).start());
  }

  private void goingAway(ChannelHandlerContext context, GoingAway news, Lease lease) {
    try (lease) {
      service.goingAway(connection, news, lastWords);
      lastWords.flush();
    } catch (Throwable failure) {
      if (context.channel().isActive()) { // else it was in its way
        inEventLoop(() -> context.fireExceptionCaught(failure));
      }
      return;
    }
    if (news.last()) {
      connection.finish();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (wanted != null) {
      wanted.cancel(false); // there is nothing to be given up any more
    }
    inbox.end();
    wakeWriters();
    context.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    wakeWriters();
    context.fireChannelWritabilityChanged();
  }

  private void wakeWriters() {
    out.wake();
    if (lastWords != null) {
      lastWords.wake();
    }
  }
}
