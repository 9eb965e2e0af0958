package slipway.service;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A connection of the test's own channel. The test kit's is not to be had here, as the kit depends
 * on this module.
 */
public final class FakeConnection implements Connection {

  private final Channel channel;
  private final Delimiter delimiter;

  /** Counted down when the lease that a service has retained is given back. */
  public final CountDownLatch released = new CountDownLatch(1);

  /** Makes one. */
  public FakeConnection(Channel channel, Delimiter delimiter) {
    this.channel = channel;
    this.delimiter = delimiter;
  }

  @Override
  public long id() {
    return 7;
  }

  @Override
  public String service() {
    return "fake";
  }

  @Override
  public String version() {
    return "1.0.0";
  }

  @Override
  public String acceptor() {
    return "main";
  }

  @Override
  public SocketAddress remoteAddress() {
    return channel.remoteAddress();
  }

  @Override
  public Instant since() {
    return Instant.EPOCH;
  }

  @Override
  public Optional<Delimiter> delimiter() {
    return Optional.ofNullable(delimiter);
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public void idleTimeout(Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void finish() {
    ChannelHandlerContext first = channel.pipeline().firstContext();
    if (first == null) { // it is closed, and its handlers are gone
      channel.close();
    } else {
      first.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public Optional<GoingAway> goingAway() {
    return Optional.empty();
  }

  @Override
  public Lease retain() {
    return released::countDown;
  }
}
