package slipway.server.core.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import java.util.function.UnaryOperator;
import slipway.server.core.watch.Occupation;

/**
 * An event loop's way to the system that notes when it waits and when it works. Netty's handlers
 * ask whether they may block before they do, and whether they are to measure before they call
 * channels; so the two questions tell them apart.
 */
final class CountedIo implements IoHandler {

  private final IoHandler io;
  private final UnaryOperator<IoRegistration> kept;
  private final Occupation occupation = new Occupation();
  private final Context context = new Context();

  /**
   * Makes it.
   *
   * @param kept what the channels hold of what {@code io} has registered
   */
  CountedIo(IoHandler io, UnaryOperator<IoRegistration> kept) {
    this.io = io;
    this.kept = kept;
  }

  Occupation occupation() {
    return occupation;
  }

  /** What it really is, for callers that ask. */
  Class<? extends IoHandler> type() {
    return io.getClass();
  }

  @Override
  public void initialize() {
    io.initialize();
  }

  @Override
  public int run(IoHandlerContext asked) {
    context.asked = asked;
    occupation.works();
    try {
      return io.run(context);
    } finally {
      occupation.works(); // tasks come next
    }
  }

  @Override
  public void prepareToDestroy() {
    io.prepareToDestroy();
  }

  @Override
  public void destroy() {
    io.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return kept.apply(io.register(handle));
  }

  @Override
  public void wakeup() {
    io.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> type) {
    return io.isCompatible(type);
  }

  private final class Context implements IoHandlerContext {
    private IoHandlerContext asked;

    @Override
    public boolean canBlock() {
      boolean can = asked.canBlock();
      if (can) {
        occupation.waits();
      }
      return can;
    }

    @Override
    public long delayNanos(long now) {
      return asked.delayNanos(now);
    }

    @Override
    public long deadlineNanos() {
      return asked.deadlineNanos();
    }

    @Override
    public void reportActiveIoTime(long nanos) {
      asked.reportActiveIoTime(nanos);
    }

    @Override
    public boolean shouldReportActiveIoTime() {
      occupation.works();
      return asked.shouldReportActiveIoTime();
    }
  }
}
