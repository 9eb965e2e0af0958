package slipway.server.world.record;

import io.netty.channel.Channel;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import slipway.service.Connection;
import slipway.service.Delimiter;
import slipway.service.GoingAway;
import slipway.service.Lease;

/**
 * The connection of a session in a recording: it tells whose it was, and has no channel.
 *
 * @param id the session's number
 * @param address its peer's
 * @param since when the recording was made
 */
record RecordedPeer(long id, String service, String version, SocketAddress address, Instant since)
    implements Connection {

  @Override
  public String acceptor() {
    return "recording";
  }

  @Override
  public SocketAddress remoteAddress() {
    return address;
  }

  @Override
  public Optional<Delimiter> delimiter() {
    return Optional.empty();
  }

  @Override
  public Channel channel() {
    throw new UnsupportedOperationException("a session of a recording has no channel");
  }

  @Override
  public void idleTimeout(Duration timeout) {
    // it has none
  }

  @Override
  public void reads(boolean wanted) {
    // what it has sent is known
  }

  @Override
  public void finish() {
    // it goes when the recording says so
  }

  @Override
  public Optional<GoingAway> goingAway() {
    return Optional.empty();
  }

  @Override
  public Lease retain() {
    throw new UnsupportedOperationException("a session of a recording has no version");
  }
}
