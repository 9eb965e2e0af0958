package slipway.bots.attack;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

/**
 * One connection of an attacker: sends what its attack says, and sees what the server does about
 * it. Confined to its event loop.
 */
final class Assault extends ChannelInboundHandlerAdapter {

  private static final long BYTE_MILLIS = 5;

  /** So that the event loop has time for the other attackers, too. */
  private static final long FLOOD_MILLIS = 1;

  private static final int BATCH_BYTES = 64 * 1024;

  private final Attack attack;
  private final Attacker attacker;
  private final AttackTally tally;
  private final AttackPlan plan;
  private final Munition munition;

  /** Whether it ends with a reset. */
  private final boolean resets;

  private ChannelHandlerContext context;
  private Future<?> patience;
  private boolean closedHere;

  Assault(
      Attack attack,
      Attacker attacker,
      AttackTally tally,
      AttackPlan plan,
      Munition munition,
      boolean resets) {
    this.attack = attack;
    this.attacker = attacker;
    this.tally = tally;
    this.plan = plan;
    this.munition = munition;
    this.resets = resets;
  }

  @Override
  public void channelRegistered(ChannelHandlerContext registered) {
    context = registered;
    if (attack == Attack.NEVER_READS) {
      context.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    if (attacker.isStopped()) {
      leave();
      return;
    }
    tally.connects++;
    if (attack.answer() != Attack.Answer.AS_IT_LIKES) {
      patience =
          active.executor().schedule(this::waitedInVain, plan.patience().toNanos(), NANOSECONDS);
    }
    switch (attack) {
      case STORM -> leave();
      case FLOOD, NEVER_READS -> flood();
      case BYTE_BY_BYTE -> sendByte(munition.of(attack));
      default -> context.writeAndFlush(munition.of(attack), context.voidPromise());
    }
  }

  // ---- what it sends ---------------------------------------------------------------------------

  /** Sends packets, and more once the system has taken them. */
  private void flood() {
    if (closedHere) {
      return;
    }
    ChannelFuture last = null;
    for (int written = 0; written < BATCH_BYTES; ) {
      ByteBuf packet = munition.of(attack);
      written += packet.readableBytes();
      last = context.write(packet);
    }
    context.flush();
    last.addListener(
        sent -> {
          if (sent.isSuccess()) {
            var unused = context.executor().schedule(this::flood, FLOOD_MILLIS, MILLISECONDS);
          }
        });
  }

  private void sendByte(ByteBuf rest) {
    if (closedHere || !rest.isReadable()) {
      rest.release();
      return;
    }
    context.writeAndFlush(rest.readRetainedSlice(1), context.voidPromise());
    var unused = context.executor().schedule(() -> sendByte(rest), BYTE_MILLIS, MILLISECONDS);
  }

  // ---- what the server does --------------------------------------------------------------------

  @Override
  public void channelRead(ChannelHandlerContext reading, Object message) {
    ReferenceCountUtil.release(message);
    if (attack == Attack.BYTE_BY_BYTE) {
      leave();
    }
  }

  private void waitedInVain() {
    if (attack.answer() == Attack.Answer.CLOSES) {
      tally.tolerated++;
    } else {
      tally.ignored++;
    }
    leave();
  }

  /** Ends the connection on the part of the attacker. */
  void leave() {
    closedHere = true;
    if (context == null) {
      return; // it will hear when it connects that its attacker is stopped
    }
    if (resets) {
      context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    }
    context.close();
  }

  /** Whether the server still has to do something. */
  boolean isPending() {
    return patience != null && !patience.isDone();
  }

  @Override
  public void channelInactive(ChannelHandlerContext over) {
    boolean pending = isPending();
    if (patience != null) {
      patience.cancel(false);
    }
    if (!closedHere) {
      closedHere = true;
      tally.closed++;
      if (pending && attack.answer() == Attack.Answer.ANSWERS) {
        tally.ignored++;
      }
    }
    attacker.over();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext failing, Throwable cause) {
    failing.close();
  }
}
