package slipway.server.acceptor;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on the listening channel whether clients are accepted: not while the acceptor is stopped,
 * not while it has as many connections as it may have, not while file descriptors are short, and
 * not for a moment after the system refused.
 *
 * <p>Closed, it asks the system for no more clients, who wait in the backlog. Those whom the system
 * had accepted before it knew wait here, untouched, in their order.
 */
final class AcceptGate extends ChannelDuplexHandler {

  private static final Logger LOG = LoggerFactory.getLogger(AcceptGate.class);
  private static final long PAUSE_MILLIS = 500;

  private final String acceptor;
  private final Slots slots;
  private final Supply supply;
  private final Queue<Channel> waiting = new ArrayDeque<>();
  private ChannelHandlerContext context;
  private boolean started;
  private boolean pausing;
  private boolean failing;
  private boolean heldBackRead;

  AcceptGate(String acceptor, Slots slots, Supply supply) {
    this.acceptor = acceptor;
    this.slots = slots;
    this.supply = supply;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  /** Accepts from now on, or not. May be called from any thread; done when the stage is. */
  Future<?> start(boolean accepting) {
    slots.whenFreed(this::lookAgain);
    return context
        .executor()
        .submit(
            () -> {
              started = accepting;
              update();
            });
  }

  /** Called from any thread when what clients waited for may be there: a slot, or descriptors. */
  void lookAgain() {
    context.executor().execute(this::update);
  }

  private boolean isOpen() {
    return started && !pausing && !supply.isShort() && slots.isFree();
  }

  private void update() {
    while (!waiting.isEmpty() && isOpen()) {
      admit(waiting.remove());
    }
    boolean open = isOpen();
    context.channel().config().setAutoRead(open);
    if (open && heldBackRead) {
      heldBackRead = false;
      context.read();
    }
  }

  @Override
  public void read(ChannelHandlerContext reading) {
    if (isOpen()) {
      reading.read();
    } else {
      heldBackRead = true;
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext reading, Object accepted) {
    Channel client = (Channel) accepted;
    if (failing) {
      failing = false;
      LOG.info("acceptor {}: accepting goes on", acceptor);
    }
    boolean open = waiting.isEmpty() && isOpen();
    supply.taken(client);
    if (open) { // also the one that makes them short: it has its descriptor already
      admit(client);
      if (!isOpen()) {
        update();
      }
    } else {
      waiting.add(client);
    }
  }

  private void admit(Channel client) {
    slots.take();
    client.closeFuture().addListener(closed -> slots.free());
    context.fireChannelRead(client);
  }

  /** Told once, however often accepting is tried again until it succeeds. */
  @Override
  public void exceptionCaught(ChannelHandlerContext reading, Throwable cause) {
    if (pausing) {
      return;
    }
    if (String.valueOf(cause.getMessage()).contains("Too many open files")) {
      supply.refused();
    }
    if (!failing) {
      failing = true;
      LOG.warn(
          "acceptor {}: accepting fails, tried again every {} ms: {}",
          acceptor,
          PAUSE_MILLIS,
          cause.toString());
    }
    pausing = true;
    update();
    reading.executor().schedule(this::goOn, PAUSE_MILLIS, MILLISECONDS);
  }

  private void goOn() {
    pausing = false;
    update();
  }

  @Override
  public void channelInactive(ChannelHandlerContext closing) {
    started = false;
    waiting.forEach(client -> client.unsafe().closeForcibly());
    waiting.clear();
    closing.fireChannelInactive();
  }
}
