package slipway.server.core.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import slipway.thread.OwnThread;

/**
 * Stands in front of the handlers that are to go, and lets them have what arrives one byte or
 * message at a time until they are at a boundary, so that none of them has taken anything behind
 * it. What comes then is kept here.
 *
 * <p>Belongs to the channel's event loop.
 */
public final class BoundaryGate extends ChannelInboundHandlerAdapter implements HostHandler {

  private static final String NAME = "slipway-gate";

  /** How many bytes are given one by one; a message that is longer is not worth what that costs. */
  private static final int MAX_STEPS = 1 << 20;

  /**
   * Whether what arrives here are bytes in any pieces, and not messages that are bytes, and is to
   * be given one by one: not to a thread, which passes on what it has not read.
   */
  private final boolean stream;

  private final BooleanSupplier reached;
  private final Runnable then;
  private final Queue<Object> held = new ArrayDeque<>();
  private int steps;
  private boolean closed;
  private boolean told;

  private BoundaryGate(boolean stream, BooleanSupplier reached, Runnable then) {
    this.stream = stream;
    this.reached = reached;
    this.then = then;
  }

  /**
   * Waits for a boundary.
   *
   * @param leaving the places of those that are to go, in their order
   * @param reached whether they are at a boundary
   * @param then called once, when they are; nothing is behind the gate any more then
   */
  public static void place(
      ChannelPipeline pipeline,
      List<ChannelHandlerContext> leaving,
      BooleanSupplier reached,
      Runnable then) {
    boolean stream =
        leaving.stream().noneMatch(place -> place.handler() instanceof OwnThread)
            && ServiceHandlers.in(pipeline).stream()
                .takeWhile(place -> !leaving.contains(place))
                .noneMatch(Boundaries::makesMessages);
    BoundaryGate gate = new BoundaryGate(stream, reached, then);
    if (leaving.isEmpty()) {
      pipeline.addLast(NAME, gate);
    } else {
      pipeline.addBefore(DecoderWatch.nameInFront(leaving.get(0)), NAME, gate);
    }
  }

  /** Takes the gate away, if there is one; what it has kept is passed on. */
  public static void remove(ChannelPipeline pipeline) {
    if (pipeline.get(NAME) != null) {
      pipeline.remove(NAME);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (isClosed()) {
      keep(context, message);
    } else if (stream && steps < MAX_STEPS && message instanceof ByteBuf bytes) {
      stepThrough(context, bytes);
    } else {
      context.fireChannelRead(message);
    }
    goOn(context);
  }

  private void stepThrough(ChannelHandlerContext context, ByteBuf bytes) {
    while (bytes.isReadable() && !context.isRemoved() && !isClosed()) {
      steps++;
      context.fireChannelRead(bytes.readRetainedSlice(1));
    }
    if (bytes.isReadable()) {
      keep(context, bytes);
    } else {
      bytes.release();
    }
  }

  private void keep(ChannelHandlerContext context, Object message) {
    if (context.isRemoved()) { // there is nothing to wait for any more
      Held.passOn(context, message);
    } else {
      held.add(message);
    }
  }

  /** Looks at the condition, until it holds. */
  private boolean isClosed() {
    closed = closed || reached.getAsBoolean();
    return closed;
  }

  /** Only when all that is behind the boundary is kept: the gate may be taken away by this. */
  private void goOn(ChannelHandlerContext context) {
    if (!context.isRemoved() && isClosed() && !told) {
      told = true;
      then.run();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!isClosed() || context.isRemoved()) {
      context.fireChannelReadComplete();
    }
    goOn(context);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (isClosed()) {
      keep(context, Held.event(event));
    } else {
      context.fireUserEventTriggered(event);
    }
    goOn(context);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    boolean any = !held.isEmpty();
    for (Object one = held.poll(); one != null; one = held.poll()) {
      Held.passOn(context, one);
    }
    if (any) {
      context.fireChannelReadComplete();
    }
  }
}
