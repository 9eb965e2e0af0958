package slipway.server.core.watch;

import io.netty.channel.Channel;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import slipway.service.Connection;
import slipway.service.Delimiter;
import slipway.service.GoingAway;
import slipway.service.Lease;

/** A connection that has nothing but a number. */
record Nobody(long id) implements Connection {

  @Override
  public String service() {
    return "nobody";
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
    throw new UnsupportedOperationException();
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
  public Channel channel() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void idleTimeout(Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void finish() {
    throw new UnsupportedOperationException();
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
