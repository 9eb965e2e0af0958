package slipway.server.core.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import slipway.net.Dispatcher;
import slipway.net.Intake;
import slipway.net.Transport;
import slipway.server.core.life.ActiveVersion;
import slipway.server.core.life.Leases;
import slipway.server.core.life.Parting;
import slipway.server.core.life.ServiceLease;
import slipway.server.core.watch.Watchdog;
import slipway.server.core.watch.Working;
import slipway.service.Audience;
import slipway.service.Connection;
import slipway.service.GoingAway;
import slipway.thread.OwnThread;

/**
 * All open connections. A connection is in this list from before its dispatch until its channel is
 * closed and its lease given back.
 */
@Component(service = {Connections.class, Dispatcher.class})
public final class Connections implements Dispatcher {

  private final Leases leases;
  private final Function<Object, Optional<String>> keeps;
  private final Listeners listeners;
  private final OperatorServices operatorServices;
  private final Map<Long, HostedConnection> open = new ConcurrentHashMap<>();
  private final Departures departures = new Departures();

  /**
   * For Declarative Services.
   *
   * @param transport not used, but has to outlive the connections
   */
  @Activate
  public Connections(
      @Reference Leases leases,
      @Reference Listeners listeners,
      @Reference OperatorServices operatorServices,
      @Reference Transport transport,
      @Reference Watchdog watchdog) {
    this(leases, listeners, operatorServices, watchdog::keeps);
    watchdog.watchThreads(this::working);
  }

  Connections(Leases leases) {
    this(leases, new Listeners(), new OperatorServices(), loop -> Optional.empty());
  }

  /**
   * For the test kit, without a watchdog.
   *
   * @param ids the last number that was given: hosts in one process give each only once
   */
  public Connections(Leases leases, AtomicLong ids) {
    this(leases, new Listeners(ids), new OperatorServices(), loop -> Optional.empty());
  }

  /**
   * For tests.
   *
   * @param keeps what keeps an event loop, if something does
   */
  Connections(
      Leases leases,
      Listeners listeners,
      OperatorServices operatorServices,
      Function<Object, Optional<String>> keeps) {
    this.leases = leases;
    this.listeners = listeners;
    this.operatorServices = operatorServices;
    this.keeps = keeps;
    leases.handOverBy(this::handOver);
  }

  /** The host ends, whatever ends it: no connection is left open. */
  @Deactivate
  void deactivate() throws InterruptedException {
    end(this::open);
    open.values().forEach(connection -> connection.channel().close());
  }

  /**
   * Tells connections that the host is going to end.
   *
   * @param audience for whom their acceptors are
   * @param patience how long they may stay; empty for as long as they like
   */
  public void announceEnd(Audience audience, Optional<Duration> patience) {
    GoingAway news = Parting.within(GoingAway.Reason.HOST_ENDS, patience.orElse(Duration.ZERO));
    of(audience).forEach(connection -> connection.news().hostEnds(news));
  }

  /** Takes back that the host is going to end. */
  public void retractEnd() {
    open.values().forEach(connection -> connection.news().hostStays());
  }

  /**
   * The host ends: connections are told, what is written gets a moment to leave, then they close.
   * Waits for that, for a moment.
   *
   * @param audience for whom their acceptors are
   */
  public void end(Audience audience) throws InterruptedException {
    end(() -> of(audience));
  }

  private void end(Supplier<Stream<HostedConnection>> some) throws InterruptedException {
    GoingAway news = Parting.now(GoingAway.Reason.HOST_ENDS);
    some.get().forEach(connection -> connection.news().hostEnds(news));
    departures.await(
        () -> some.get().allMatch(connection -> keeperOf(connection).isPresent()),
        Optional.of(Parting.GRACE));
  }

  /** Those that a bundle serves at this moment, the oldest first. */
  public List<Connection> servedBy(long bundleId) {
    return open()
        .filter(connection -> connection.serving().isBy(bundleId))
        .sorted(Comparator.comparingLong(Connection::id))
        .<Connection>map(connection -> connection)
        .toList();
  }

  private Stream<HostedConnection> of(Audience audience) {
    return open().filter(connection -> connection.entrance().audience() == audience);
  }

  /** What keeps its event loop, so that it does not close; empty if nothing does. */
  Optional<String> keeperOf(HostedConnection connection) {
    return keeps.apply(connection.channel().eventLoop());
  }

  /** All that are open at this moment, in no order. */
  Stream<HostedConnection> open() {
    return open.values().stream();
  }

  /** The open one with a number. */
  Optional<HostedConnection> find(long id) {
    return Optional.ofNullable(open.get(id));
  }

  /** How many connections are open. */
  public int count(Audience audience) {
    return (int) of(audience).count();
  }

  /**
   * Waits until no connection is open.
   *
   * @param audience of those that are waited for
   * @param timeout how long to wait; empty for as long as it takes
   * @return how many are open then
   */
  public int awaitNone(Audience audience, Optional<Duration> timeout) throws InterruptedException {
    departures.await(() -> count(audience) == 0, timeout);
    return count(audience);
  }

  @Override
  public void dispatch(Channel channel, Intake intake) {
    HostedConnection connection =
        new HostedConnection(
            listeners.nextId(),
            intake.acceptor(),
            intake.audience(),
            Instant.now(),
            channel,
            leases,
            listeners,
            this::ended);
    ConnectionHead head = new ConnectionHead(connection, intake.idleTimeout(), leases);
    open.put(connection.id(), connection);
    listeners.totals().accepted(connection);
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    channel
        .pipeline()
        .addLast("slipway-head", head)
        .addLast("slipway-dispatch", new Dispatch(connection, leases, operatorServices, intake));
    ConnectionTail.keepLast(channel.pipeline());
    connection.entrance().enter(intake.stages(), connection);
  }

  /**
   * Each connection is moved in its own event loop, while the loop keeps serving the others; their
   * order does not matter.
   */
  private CompletionStage<Void> handOver(ActiveVersion from, Duration limit) {
    List<HostedConnection> users =
        open().filter(connection -> connection.serving().isBy(from)).toList();
    MoveReport report = new MoveReport(from.name(), users.size());
    Map<EventLoop, List<Runnable>> moves = new IdentityHashMap<>();
    for (HostedConnection user : users) {
      moves
          .computeIfAbsent(user.channel().eventLoop(), loop -> new ArrayList<>())
          .add(() -> Move.begin(user, from, limit, report));
    }
    moves.forEach(Slices::begin);
    // an event loop that a service blocks holds nobody else up for longer
    return report.done().completeOnTimeout(null, 2 * limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Names the connections that hold objects of a class loader's classes, and where. */
  public List<String> holdersOf(ClassLoader loader) {
    return open().flatMap(connection -> Holders.in(connection, loader).stream()).toList();
  }

  /** Those that are served on threads of their own. */
  private Stream<Working> working() {
    return open()
        .filter(connection -> connection.lease() != null)
        .flatMap(
            connection ->
                Holders.threads(connection).map(handler -> new Working(connection, handler)));
  }

  /** The threads of connections, by their ids, each with its version's class loader. */
  public Map<Long, ClassLoader> ownThreads() {
    Map<Long, ClassLoader> threads = new HashMap<>();
    for (HostedConnection connection : open.values()) {
      ServiceLease lease = connection.lease();
      if (lease != null) {
        Holders.threads(connection)
            .map(OwnThread::thread)
            .filter(Objects::nonNull)
            .forEach(
                thread ->
                    threads.put(thread.threadId(), lease.service().getClass().getClassLoader()));
      }
    }
    return threads;
  }

  private void ended(HostedConnection connection) {
    open.remove(connection.id());
    listeners.totals().closed(connection, connection.milestones().closing());
    departures.signal();
  }
}
