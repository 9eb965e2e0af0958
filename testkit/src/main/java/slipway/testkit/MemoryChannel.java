package slipway.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.FileRegion;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.Channels;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The host's end of a connection in memory, with what makes a socket one: it gives input only if it
 * is asked to read, either direction can end alone, and what the client does not read stays in the
 * channel until it is not writable.
 *
 * <pre>
 *  client ──arrives──▶ input ──read──▶ pipeline
 *  client ◀──output──────────── flush ◀──┘
 * </pre>
 *
 * <p>Event loop only.
 */
final class MemoryChannel extends AbstractChannel implements DuplexChannel {

  private static final ChannelMetadata METADATA = new ChannelMetadata(false);

  private final SocketAddress client;
  private final ChannelConfig config = new Config();
  private final Queue<ByteBuf> input = new ArrayDeque<>();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private boolean connected;
  private boolean closed;
  private boolean wantsInput;
  private boolean gives;
  private boolean inputEnds;
  private boolean inputEnded;
  private boolean outputEnded;
  private boolean clientReads = true;
  private String noBytes = "";

  /**
   * Makes the channel of a client, not connected yet.
   *
   * @param client the client's address
   */
  MemoryChannel(SocketAddress client) {
    super(null);
    this.client = client;
  }

  private final class Config extends DefaultChannelConfig {
    private Config() {
      super(MemoryChannel.this);
    }

    @Override
    protected void autoReadCleared() {
      wantsInput = false;
    }
  }

  private final class Unsafe extends AbstractUnsafe {
    @Override
    public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
      promise.setFailure(new UnsupportedOperationException());
    }

    private void goOnWriting() {
      flush0();
    }
  }

  // ---- the client's side -----------------------------------------------------------------------

  /** The client is there. */
  void connect() {
    connected = true;
    pipeline().fireChannelActive();
  }

  /** The client has sent something. */
  void arrives(ByteBuf bytes) {
    input.add(bytes);
    give();
  }

  /** The client has sent everything that it will. */
  void inputEnds() {
    inputEnds = true;
    give();
  }

  /** Whether the client takes what is written. */
  void clientReads(boolean reads) {
    clientReads = reads;
    if (reads && isOpen()) {
      ((Unsafe) unsafe()).goOnWriting();
    }
  }

  /** Takes all that the client has received since the last time. */
  byte[] take() {
    byte[] taken = output.toByteArray();
    output.reset();
    return taken;
  }

  /** What was written that is no bytes, as no handler has encoded it; empty if there is nothing. */
  String noBytes() {
    return noBytes;
  }

  // ---- reading ---------------------------------------------------------------------------------

  @Override
  protected void doBeginRead() {
    wantsInput = true;
    if (!gives && (!input.isEmpty() || inputEnds)) {
      eventLoop().execute(this::give); // never within the call of a handler
    }
  }

  /** As much as is asked for: one piece for each read. */
  private void give() {
    if (gives) {
      return;
    }
    gives = true;
    while (wantsInput && !input.isEmpty()) {
      wantsInput = false;
      pipeline().fireChannelRead(input.poll());
      pipeline().fireChannelReadComplete();
    }
    gives = false;
    if (wantsInput && inputEnds && !inputEnded && input.isEmpty() && isActive()) {
      inputEnded = true;
      pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
      pipeline().fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
    }
  }

  // ---- writing ---------------------------------------------------------------------------------

  @Override
  protected Object filterOutboundMessage(Object message) {
    if (message instanceof ByteBuf || message instanceof FileRegion) {
      return message;
    }
    noBytes = message.toString();
    throw new UnsupportedOperationException("no bytes: " + noBytes);
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer waiting) throws IOException {
    while (clientReads && waiting.current() != null) {
      if (waiting.current() instanceof ByteBuf bytes) {
        bytes.readBytes(output, bytes.readableBytes());
      } else {
        FileRegion file = (FileRegion) waiting.current();
        while (file.transferred() < file.count()) {
          file.transferTo(Channels.newChannel(output), file.transferred());
        }
      }
      waiting.remove();
    }
  }

  // ---- what a channel is -----------------------------------------------------------------------

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new Unsafe();
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return true;
  }

  @Override
  protected SocketAddress localAddress0() {
    return client;
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return client;
  }

  @Override
  protected void doBind(SocketAddress local) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  @Override
  protected void doClose() {
    closed = true;
    input.forEach(ByteBuf::release);
    input.clear();
  }

  @Override
  protected void doShutdownOutput() {
    outputEnded = true;
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public boolean isActive() {
    return connected && !closed;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  public boolean isInputShutdown() {
    return inputEnded || closed;
  }

  @Override
  public ChannelFuture shutdownInput() {
    return shutdownInput(newPromise());
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    inputEnded = true;
    return promise.setSuccess();
  }

  @Override
  public boolean isOutputShutdown() {
    return outputEnded || closed;
  }

  @Override
  public ChannelFuture shutdownOutput() {
    return shutdownOutput(newPromise());
  }

  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    ((Unsafe) unsafe()).shutdownOutput(promise);
    return promise;
  }

  @Override
  public boolean isShutdown() {
    return isInputShutdown() && isOutputShutdown();
  }

  @Override
  public ChannelFuture shutdown() {
    return shutdown(newPromise());
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    shutdownInput();
    return shutdownOutput(promise);
  }
}
