package slipway.server.core.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.PromiseCombiner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.net.Passage;
import slipway.net.Stage;
import slipway.service.LogContext;
import slipway.service.Peer;

/**
 * A connection in front of the host: its stages put their handlers before the head, and each may
 * delay the dispatch.
 *
 * <pre>
 *  ENTERING ──all are ready──▶ THROUGH ──channelActive──▶ (dispatch)
 *     └──────── refused ─────▶ REFUSED
 * </pre>
 *
 * <p>Belongs to the connection's event loop.
 */
final class StagePassage implements Passage {

  private static final Logger LOG = LoggerFactory.getLogger(StagePassage.class);

  private enum Phase {
    ENTERING,
    THROUGH,
    REFUSED
  }

  private final HostedConnection connection;
  private final ChannelHandlerContext head;
  private final Deque<Supplier<? extends Future<?>>> lastWords = new ArrayDeque<>();
  private Phase phase = Phase.ENTERING;

  /** How many delays are not over; one is the host's own, until all stages have entered. */
  private int delays = 1;

  StagePassage(HostedConnection connection, ChannelHandlerContext head) {
    this.connection = connection;
    this.head = head;
  }

  /** Enters all stages; a connection of which one fails is closed. */
  void enter(List<Stage> stages) {
    try {
      for (Stage stage : stages) {
        stage.enter(this);
      }
      ready();
    } catch (Throwable failed) {
      phase = Phase.REFUSED;
      LogContext.about(
          connection, () -> LOG.warn("{}: closed, as a stage failed", connection, failed));
      channel().close();
    }
  }

  /** Whether nothing keeps the connection from its service any more. */
  boolean isThrough() {
    return phase == Phase.THROUGH;
  }

  private void ready() {
    delays--;
    if (delays == 0 && phase == Phase.ENTERING) {
      phase = Phase.THROUGH;
      ((ConnectionHead) head.handler()).through();
    }
  }

  @Override
  public String acceptor() {
    return connection.acceptor();
  }

  @Override
  public Channel channel() {
    return head.channel();
  }

  @Override
  public void add(String name, ChannelHandler handler) {
    head.pipeline().addBefore(head.name(), name, handler);
  }

  @Override
  public Runnable delay() {
    if (phase != Phase.ENTERING) {
      throw new IllegalStateException("the connection has passed its stages already");
    }
    delays++;
    AtomicBoolean over = new AtomicBoolean();
    return () -> {
      if (over.compareAndSet(false, true)) {
        inEventLoop(this::ready);
      }
    };
  }

  private void inEventLoop(Runnable task) {
    if (head.executor().inEventLoop()) {
      task.run();
      return;
    }
    try {
      head.executor().execute(task);
    } catch (RejectedExecutionException ended) {
      // the event loops have ended, and all connections with them
    }
  }

  @Override
  public Peer peer() {
    return connection.peer();
  }

  @Override
  public void peer(Peer known) {
    connection.entrance().peer(known);
  }

  @Override
  public void lastWords(Supplier<? extends Future<?>> words) {
    lastWords.addFirst(words);
  }

  /**
   * Lets the stages say their last words, the one nearest to the host first.
   *
   * @return done when all have been written
   */
  Future<?> sayLastWords() {
    PromiseCombiner all = new PromiseCombiner(head.executor());
    for (var words = lastWords.poll(); words != null; words = lastWords.poll()) {
      all.add((Future<?>) words.get());
    }
    var said = head.newPromise();
    all.finish(said);
    return said;
  }

  @Override
  public void refuse(String reason) {
    if (phase == Phase.ENTERING) {
      phase = Phase.REFUSED;
      Dispatch dispatch = head.pipeline().get(Dispatch.class);
      if (dispatch != null) {
        dispatch.refuse(reason);
      }
    }
  }
}
