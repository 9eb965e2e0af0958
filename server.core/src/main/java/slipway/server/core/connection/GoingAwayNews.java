package slipway.server.core.connection;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.channel.Channel;
import java.util.Optional;
import slipway.net.Closing;
import slipway.server.core.life.Parting;
import slipway.server.core.life.ServiceLease;
import slipway.service.GoingAway;

/**
 * Tells a connection's handlers, each once, that its version or the host goes away, and closes the
 * connection a moment after the last word.
 *
 * <p>While the connection is on its way from one version to another it is not told: if it stays it
 * is told then, and if it has to go it is closed without a word.
 */
final class GoingAwayNews {

  private final HostedConnection connection;
  private final Channel channel;

  /** What the host has said; null for nothing. */
  private volatile GoingAway ofHost;

  private GoingAway told;

  GoingAwayNews(HostedConnection connection) {
    this.connection = connection;
    this.channel = connection.channel();
  }

  /** What the users of a lease are told reaches the connection as long as it has this lease. */
  void listenTo(ServiceLease lease) {
    lease.onGoingAway(
        news ->
            connection.inEventLoop(
                () -> {
                  if (connection.lease() == lease) {
                    tell(news);
                  }
                }));
  }

  private void tell(GoingAway news) {
    if (told == news || !channel.isActive()) {
      return;
    }
    if (!connection.isMoving()) {
      told = news;
      if (news.last()) {
        connection.closes(Closing.WENT_AWAY);
      }
      connection.fire(news);
      if (news.last()) {
        channel.eventLoop().schedule(() -> channel.close(), Parting.GRACE.toMillis(), MILLISECONDS);
      }
    } else if (news.last()) {
      connection.closes(Closing.WENT_AWAY);
      channel.close();
    }
  }

  /** It has stayed with its version: if that goes away, it is told now. Event loop only. */
  void stayed() {
    ServiceLease held = connection.lease();
    if (held != null) {
      held.version().goingAway().ifPresent(this::tell);
    }
  }

  /** It is not on its way any more: tells what the host has said meanwhile. Event loop only. */
  void moved() {
    GoingAway host = ofHost;
    if (host != null) {
      connection.inEventLoop(() -> tell(host));
    }
  }

  /** The host ends; in any thread. */
  void hostEnds(GoingAway news) {
    ofHost = news;
    connection.inEventLoop(() -> tell(news));
  }

  /** The host does not end after all; in any thread. */
  void hostStays() {
    ofHost = null;
  }

  /** What holds now, of the host or of the version, told or not; in any thread. */
  Optional<GoingAway> current() {
    GoingAway host = ofHost;
    ServiceLease held = connection.lease();
    return host != null || held == null ? Optional.ofNullable(host) : held.version().goingAway();
  }
}
