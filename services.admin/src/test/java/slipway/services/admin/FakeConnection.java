package slipway.services.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import slipway.service.Connection;
import slipway.service.Delimiter;
import slipway.service.GoingAway;
import slipway.service.Lease;

/** A connection of the service admin that its acceptor has fixed. */
record FakeConnection(Channel channel) implements Connection {

  @Override
  public long id() {
    return 1;
  }

  @Override
  public String service() {
    return "admin";
  }

  @Override
  public String version() {
    return "1.0.0";
  }

  @Override
  public String acceptor() {
    return "admin";
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
    return Optional.empty();
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
    return () -> {};
  }
}
