package slipway.packet;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * How a connection is closed whose session is over: when all that was sent has left, which a peer
 * that does not read is not waited for, or at once. Confined to the event loop.
 */
final class Farewell {

  /** For a peer that does not read what it was sent last. */
  private static final int LAST_SECONDS = 10;

  private final ChannelHandlerContext context;
  private final PacketSession session;
  private final PacketOutput output;

  /** Closes a connection whose peer does not read; null if it need not. */
  private Future<?> last;

  /** Hears of the end of a session that has no connection any more; null as long as it has one. */
  private Consumer<PacketEnd> mourner;

  Farewell(ChannelHandlerContext context, PacketSession session, PacketOutput output) {
    this.context = context;
    this.session = session;
    this.output = output;
  }

  /**
   * The connection is lost, and the session goes on without.
   *
   * @param told of its end, in place of the service
   */
  void lost(Consumer<PacketEnd> told) {
    mourner = told;
  }

  /** The session is over. */
  void begin() {
    if (session.standing().end() == PacketEnd.SLOW || !context.channel().isActive()) {
      output.close();
      context.close();
    } else {
      output.finish();
      session.connection().finish();
      last = context.executor().schedule(() -> context.close(), LAST_SECONDS, SECONDS);
    }
    if (mourner != null) {
      mourner.accept(session.standing().end());
    }
  }

  /** The connection is closed. */
  void end() {
    if (last != null) {
      last.cancel(false);
    }
  }
}
