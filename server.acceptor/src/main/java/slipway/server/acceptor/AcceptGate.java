package slipway.server.acceptor;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
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
 * <p>Services get at the listening channel as the parent of their connections' channels. So the
 * gate lets only the host close it, and checks now and then that it is as the host has left it.
 * What cannot be corrected is closed, and bound again.
 *
 * <p>When closed, it asks the system for no more clients, and they wait in the backlog. Those that
 * the system had already accepted wait here, untouched, in their order.
 */
final class AcceptGate extends ChannelDuplexHandler {

  private static final Logger LOG = LoggerFactory.getLogger(AcceptGate.class);
  private static final long PAUSE_MILLIS = 500;
  private static final long LOOK_MILLIS = 1000;

  private final String acceptor;
  private final Slots slots;
  private final Supply supply;
  private final Pauses pauses;
  private final Queue<Channel> waiting = new ArrayDeque<>();
  private ChannelHandlerContext context;

  /** What makes connections of clients; the only handler behind this one. */
  private ChannelHandler next;

  private Future<?> looks;
  private volatile boolean mayClose = true;
  private volatile String damage = "";
  private boolean reads;
  private boolean started;
  private boolean pausing;
  private boolean failing;
  private boolean heldBackRead;

  AcceptGate(String acceptor, Slots slots, Supply supply, Pauses pauses) {
    this.pauses = pauses;
    this.acceptor = acceptor;
    this.slots = slots;
    this.supply = supply;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    reads = added.channel().config().isAutoRead();
    looks =
        added
            .executor()
            .scheduleWithFixedDelay(this::inspect, LOOK_MILLIS, LOOK_MILLIS, MILLISECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    looks.cancel(false);
    if (removed.channel().isOpen() && !mayClose) {
      die("a service has removed the host's handlers from its channel");
    }
  }

  // ---- who may close it ------------------------------------------------------------------------

  /** It is bound: from now on only the host changes or closes it. */
  void keep() {
    next = context.pipeline().last();
    mayClose = false;
  }

  /** The host closes it. */
  void letGo() {
    mayClose = true;
  }

  /** Whether the host closes it, or has closed it. */
  boolean isLetGo() {
    return mayClose;
  }

  /** What a service has done to it, in a few words; empty for nothing. */
  String damage() {
    return damage;
  }

  @Override
  public void close(ChannelHandlerContext closing, ChannelPromise promise) {
    if (isAllowed("closed", promise)) {
      closing.close(promise);
    }
  }

  @Override
  public void disconnect(ChannelHandlerContext closing, ChannelPromise promise) {
    if (isAllowed("disconnected", promise)) {
      closing.disconnect(promise);
    }
  }

  @Override
  public void deregister(ChannelHandlerContext leaving, ChannelPromise promise) {
    if (isAllowed("taken from its event loop", promise)) {
      leaving.deregister(promise);
    }
  }

  private boolean isAllowed(String what, ChannelPromise promise) {
    if (mayClose) {
      return true;
    }
    LOG.warn("acceptor {}: a service tried to have its channel {}; refused", acceptor, what);
    promise.tryFailure(new IllegalStateException("the channel of an acceptor is the host's"));
    return false;
  }

  /** Corrects what a service has changed. */
  private void inspect() {
    Channel channel = context.channel();
    if (mayClose) {
      return;
    }
    if (!channel.isOpen()) {
      die(""); // nothing was notified of it
    } else if (channel.pipeline().first() != this || channel.pipeline().last() != next) {
      die("a service has changed the handlers of its channel");
    } else if (!channel.isRegistered()) {
      die("a service has taken its channel from its event loop");
    } else if (channel.config().isAutoRead() != reads) {
      LOG.warn("acceptor {}: a service has changed whether it accepts; corrected", acceptor);
      update();
    }
  }

  /** Not through the pipeline, as it may hold foreign handlers. */
  private void die(String how) {
    damage = how;
    Channel.Unsafe channel = context.channel().unsafe();
    channel.close(channel.voidPromise());
  }

  // ---- who is accepted -------------------------------------------------------------------------

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

  private Pauses.Reason whyNot() {
    return pausing
        ? Pauses.Reason.FAILURE
        : supply.isShort() ? Pauses.Reason.DESCRIPTORS : Pauses.Reason.LIMIT;
  }

  private void update() {
    while (!waiting.isEmpty() && isOpen()) {
      admit(waiting.remove());
    }
    boolean open = isOpen();
    if (reads && !open && started) {
      pauses.count(whyNot());
    }
    reads = open;
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
      LOG.info("acceptor {}: accepting again", acceptor);
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
    if (context.pipeline().last() == this) { // no handler would take it
      client.unsafe().closeForcibly();
      inspect();
      return;
    }
    slots.take();
    client.closeFuture().addListener(slots);
    context.fireChannelRead(client);
  }

  /** Logged once, however often accepting is tried again until it succeeds. */
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
