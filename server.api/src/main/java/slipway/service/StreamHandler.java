package slipway.service;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import slipway.net.OwnThread;

/**
 * Between a connection's event loop and the thread that serves it: hands bytes to a {@link
 * ByteQueue}, stops reading while that is full, and wakes a writer that waits for the client.
 */
final class StreamHandler extends ChannelInboundHandlerAdapter implements OwnThread {

  /** Bytes waiting for the service at which reading from the client stops. */
  static final int HIGH = 64 * 1024;

  private final StreamService service;
  private final Connection connection;
  private final ByteQueue queue;
  private final ChannelOutputStream out;
  private volatile Thread thread;

  /** What {@link StreamService#goingAway} writes; separate, as a stream has one writer. */
  private ChannelOutputStream lastWords;

  /** Completed when all that was heard has been told; event loop only. */
  private CompletableFuture<Void> told = CompletableFuture.completedFuture(null);

  StreamHandler(StreamService service, Connection connection) {
    this.service = service;
    this.connection = connection;
    this.queue = new ByteQueue(HIGH, () -> inEventLoop(this::resumeReading));
    this.out = new ChannelOutputStream(connection.channel());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    Lease lease = connection.retain();
    thread = start(() -> serve(context, lease));
  }

  private Thread start(Runnable task) {
    Thread started =
        service.newThread(
            "stream-" + connection.service() + "-" + connection.id(),
            () -> LogContext.about(connection, task));
    started.start();
    return started;
  }

  @Override
  public Thread thread() {
    return thread;
  }

  @Override
  public long steps() {
    return queue.reads() + out.flushes();
  }

  private void serve(ChannelHandlerContext context, Lease lease) {
    try (lease) {
      service.serve(connection, queue, out);
      out.flush();
    } catch (Exception failure) {
      if (context.channel().isActive()) {
        inEventLoop(() -> context.fireExceptionCaught(failure));
        return;
      }
    } catch (Error failure) {
      inEventLoop(() -> context.fireExceptionCaught(failure));
      return;
    } finally {
      queue.close();
    }
    connection.finish();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!queue.offer((ByteBuf) message)) {
      context.channel().config().setAutoRead(false); // until the queue says that it has drained
    }
  }

  private void inEventLoop(Runnable action) {
    try {
      connection.channel().eventLoop().execute(action);
    } catch (RejectedExecutionException ended) {
      // the event loops have ended, and all connections with them
    }
  }

  private void resumeReading() {
    if (!queue.isFull()) {
      connection.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      queue.end();
    } else if (event instanceof GoingAway news) {
      tell(context, news);
    } else if (!(event instanceof ChannelInputShutdownReadComplete)) {
      context.fireUserEventTriggered(event);
    }
  }

  private void tell(ChannelHandlerContext context, GoingAway news) {
    if (lastWords == null) {
      lastWords = new ChannelOutputStream(connection.channel());
    }
    Lease lease = connection.retain();
    told = told.thenRunAsync(() -> goingAway(context, news, lease), this::start);
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
    queue.end();
    wakeWriters();
    context.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (queue.isFull()) {
      context.channel().config().setAutoRead(false);
    }
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
