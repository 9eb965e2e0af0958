package slipway.server.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.FileRegion;
import io.netty.channel.nio.AbstractNioByteChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;

/**
 * A client of a Unix domain socket with NIO, whose end of output leaves the connection open, as
 * {@link ChannelOption#ALLOW_HALF_CLOSURE} does elsewhere: Netty's own class knows the option and
 * closes nevertheless.
 *
 * <p>The end of the input is told once, after what was read before it.
 */
final class HalfOpenUnixChannel extends AbstractNioByteChannel implements DuplexChannel {

  private final ChannelConfig config = new DefaultChannelConfig(this);
  private volatile boolean inputShutdown;
  private volatile boolean outputShutdown;

  HalfOpenUnixChannel(HalfOpenUnixServer parent, SocketChannel accepted) {
    super(parent, accepted);
  }

  @Override
  protected SocketChannel javaChannel() {
    return (SocketChannel) super.javaChannel();
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public boolean isActive() {
    SocketChannel channel = javaChannel();
    return channel.isOpen() && channel.isConnected();
  }

  /** Netty closes the channel if this is negative; so nothing is read, and the end is reported. */
  @Override
  protected int doReadBytes(ByteBuf buffer) throws IOException {
    int most = buffer.writableBytes();
    unsafe().recvBufAllocHandle().attemptedBytesRead(most);
    int read = buffer.writeBytes(javaChannel(), most);
    if (read >= 0) {
      return read;
    }
    inputShutdown = true;
    eventLoop().execute(this::tellEnd);
    return 0;
  }

  private void tellEnd() {
    pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    pipeline().fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
  }

  /**
   * Behind the end there is nothing to wait for, and the selector would find it again and again.
   */
  @Override
  protected void doBeginRead() throws Exception {
    if (inputShutdown) {
      removeAndSubmit(readOps);
    } else {
      super.doBeginRead();
    }
  }

  @Override
  protected int doWriteBytes(ByteBuf buffer) throws IOException {
    return buffer.readBytes(javaChannel(), buffer.readableBytes());
  }

  @Override
  protected long doWriteFileRegion(FileRegion region) throws IOException {
    return region.transferTo(javaChannel(), region.transferred());
  }

  @Override
  protected SocketAddress localAddress0() {
    try {
      return javaChannel().getLocalAddress();
    } catch (IOException closed) {
      return null;
    }
  }

  @Override
  protected SocketAddress remoteAddress0() {
    try {
      return javaChannel().getRemoteAddress();
    } catch (IOException closed) {
      return null;
    }
  }

  @Override
  protected void doClose() throws Exception {
    super.doClose();
    javaChannel().close();
  }

  @Override
  public boolean isInputShutdown() {
    return inputShutdown || !isActive();
  }

  @Override
  protected boolean isInputShutdown0() {
    return isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return outputShutdown || !isActive();
  }

  @Override
  public boolean isShutdown() {
    return isInputShutdown() && isOutputShutdown();
  }

  @Override
  public ChannelFuture shutdownInput() {
    return shutdownInput(newPromise());
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    return end(promise, this::endInput);
  }

  private void endInput() throws IOException {
    javaChannel().shutdownInput();
    inputShutdown = true;
  }

  @Override
  protected void doShutdownOutput() throws IOException {
    javaChannel().shutdownOutput();
    outputShutdown = true;
  }

  /** Behind what was written before; what is still queued then fails, as elsewhere in Netty. */
  @Override
  public ChannelFuture shutdownOutput() {
    return shutdownOutput(newPromise());
  }

  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    return end(promise, () -> ((AbstractUnsafe) unsafe()).shutdownOutput(newPromise()));
  }

  @Override
  public ChannelFuture shutdown() {
    return shutdown(newPromise());
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    return end(
        promise,
        () -> {
          endInput();
          ((AbstractUnsafe) unsafe()).shutdownOutput(newPromise());
        });
  }

  private ChannelFuture end(ChannelPromise promise, Ending ending) {
    if (eventLoop().inEventLoop()) {
      endNow(promise, ending);
    } else {
      eventLoop().execute(() -> endNow(promise, ending));
    }
    return promise;
  }

  private void endNow(ChannelPromise promise, Ending ending) {
    try {
      if (!isActive()) {
        throw new ClosedChannelException();
      }
      ending.run();
      promise.setSuccess();
    } catch (IOException failed) {
      promise.setFailure(failed);
    }
  }

  @Override
  protected boolean doConnect(SocketAddress remote, SocketAddress local) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void doFinishConnect() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void doBind(SocketAddress address) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void doDisconnect() throws Exception {
    doClose();
  }

  @Override
  public HalfOpenUnixServer parent() {
    return (HalfOpenUnixServer) super.parent();
  }

  /** Ends one direction or both, in the event loop. */
  private interface Ending {
    void run() throws IOException;
  }
}
