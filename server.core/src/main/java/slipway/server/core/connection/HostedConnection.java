package slipway.server.core.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AttributeKey;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import slipway.net.Closing;
import slipway.server.core.life.Leases;
import slipway.server.core.life.ServiceLease;
import slipway.server.core.pipeline.CloseListeners;
import slipway.service.Audience;
import slipway.service.Connection;
import slipway.service.Delimiter;
import slipway.service.GoingAway;
import slipway.service.Lease;
import slipway.service.Peer;

/** A connection as the host sees it. Attached once, in its event loop; read from any thread. */
final class HostedConnection implements Connection {

  private static final AttributeKey<HostedConnection> KEY =
      AttributeKey.valueOf(HostedConnection.class, "connection");

  private final long id;
  private final Entrance entrance;
  private final Channel channel;
  private final Leases leases;
  private final CloseListeners closeListeners;
  private final GoingAwayNews news;
  private final Milestones milestones;
  private volatile Delimiter delimiter;
  private volatile Serving serving = Serving.NONE;
  private ConnectionHead head;
  private Description description = Description.NONE;
  private boolean moving;

  /**
   * Makes the connection of a channel.
   *
   * @param ended called when it is over, in its event loop
   */
  HostedConnection(
      long id,
      String acceptor,
      Audience audience,
      Instant since,
      Channel channel,
      Leases leases,
      Listeners listeners,
      Consumer<HostedConnection> ended) {
    this.leases = leases;
    this.id = id;
    this.channel = channel;
    this.news = new GoingAwayNews(this);
    this.closeListeners = new CloseListeners(channel);
    Peer peer = Peer.of(channel.remoteAddress()); // now, as a closed channel may not know it
    this.entrance = new Entrance(acceptor, audience, since, peer);
    this.milestones = new Milestones(this, listeners, ended);
    channel.attr(KEY).set(this);
  }

  static HostedConnection of(Channel channel) {
    return channel.attr(KEY).get();
  }

  void headedBy(ConnectionHead first) {
    head = first;
  }

  /** What stands first in its pipeline, behind its stages. */
  ConnectionHead head() {
    return head;
  }

  /** Whether its version has shown that it serves; event loop only. */
  ConnectionProof proof() {
    return head.proof();
  }

  /** Whether it is read, and why not; event loop only. */
  Reading reading() {
    return head.reading();
  }

  /** How it has come. */
  Entrance entrance() {
    return entrance;
  }

  /** Where the host stands in its pipeline, behind its stages. */
  ChannelHandlerContext place() {
    return head.place();
  }

  void delimitedBy(Delimiter chosen) {
    delimiter = chosen;
  }

  void servedBy(ServiceLease granted) {
    serving = Serving.by(granted);
    head.awaitProof();
    if (granted != null) {
      news.listenTo(granted);
    }
  }

  /**
   * It is over: gives its service back, and keeps nothing of that one's classes, as others may keep
   * this object; event loop only.
   */
  void over() {
    ServiceLease held = lease();
    serving = serving.over();
    if (held != null) {
      held.close();
    }
  }

  /** News of its being closed. */
  GoingAwayNews news() {
    return news;
  }

  /** Tells its service's handlers of an event; event loop only. */
  void fire(Object event) {
    head.userEventTriggered(place(), event);
  }

  /** Does something in its event loop, later; in any thread. */
  void inEventLoop(Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException ended) {
      // the event loops have ended, and all connections with them
    }
  }

  /** A class was missing: a version that has served nobody yet gives way to the one before. */
  void lacksClass(Throwable cause) {
    ServiceLease failing = lease();
    if (failing != null) {
      leases
          .instead(failing, cause.toString())
          .thenAccept(ServiceLease::close); // this connection has lost bytes, and is closed
    }
  }

  /** Who serves it now, or has served it last. */
  Serving serving() {
    return serving;
  }

  /** What serves it now; null while it is being dispatched, and when it is over. */
  ServiceLease lease() {
    return serving.lease();
  }

  /** The listeners to its close that are not the host's. */
  CloseListeners closeListeners() {
    return closeListeners;
  }

  /** What its version has described; event loop only. */
  Description description() {
    return description;
  }

  void describedAs(Description now) {
    description = now;
  }

  /** Whether it is on its way from one version to another; event loop only. */
  boolean isMoving() {
    return moving;
  }

  void moving(boolean begun) {
    moving = begun;
    if (!begun) {
      news.moved();
    }
  }

  /** What becomes of it. */
  Milestones milestones() {
    return milestones;
  }

  /** Says why it is going to be closed; what was said first holds. */
  void closes(Closing why) {
    milestones.closes(why);
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public String service() {
    return serving.service();
  }

  @Override
  public String version() {
    return serving.version();
  }

  @Override
  public String acceptor() {
    return entrance.acceptor();
  }

  @Override
  public SocketAddress remoteAddress() {
    return entrance.peer().address();
  }

  @Override
  public Peer peer() {
    return entrance.peer();
  }

  @Override
  public Instant since() {
    return entrance.since();
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
    if (channel.eventLoop().inEventLoop()) {
      head.idleTimeout(timeout);
    } else {
      channel.eventLoop().execute(() -> idleTimeout(timeout));
    }
  }

  @Override
  public void reads(boolean wanted) {
    if (!channel.eventLoop().inEventLoop()) {
      inEventLoop(() -> reads(wanted));
    } else if (wanted) {
      reading().resume(Reading.Reason.SERVICE);
    } else {
      reading().pause(Reading.Reason.SERVICE);
    }
  }

  /**
   * Written in front of the service's handlers, where no encoder can make a message of it, and
   * behind the stages, which are to see it.
   */
  @Override
  public void finish() {
    channel.flush();
    ChannelHandlerContext first = place();
    if (first.isRemoved()) {
      channel.close();
    } else {
      first.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public Optional<GoingAway> goingAway() {
    return news.current();
  }

  @Override
  public Lease retain() {
    ServiceLease held = lease();
    if (held == null) {
      throw new IllegalStateException("connection " + id + " has no service");
    }
    return held.retain();
  }

  @Override
  public String toString() {
    String service = service();
    return "connection " + id + (service.isEmpty() ? "" : " (" + service + ")");
  }
}
