package slipway.server.core.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import slipway.net.Intake.Choice;
import slipway.net.Stage;
import slipway.server.core.life.ActiveVersion;
import slipway.server.core.life.TestLeases;
import slipway.service.Audience;
import slipway.service.Connection;
import slipway.service.GoingAway;
import slipway.service.Service;

/** A client of a service, whose connection moves to another version when the test says so. */
final class MovedClient {

  static final Duration LIMIT = Duration.ofSeconds(5);

  private final FakeLeases leases = new FakeLeases();
  private final Connections connections;
  private final EmbeddedChannel channel = new EmbeddedChannel();

  /** Connects to a service; its version is 1.0.0. */
  MovedClient(Service first) {
    this(first, List.of());
  }

  /** Connects through stages to a service. */
  MovedClient(Service first, List<Stage> stages) {
    this(first, stages, new Listeners());
  }

  /** Likewise, and somebody listens. */
  MovedClient(Service first, List<Stage> stages, Listeners listeners) {
    connections =
        new Connections(leases, listeners, new OperatorServices(), loop -> Optional.empty());
    leases.with("moved", first);
    channel.freezeTime();
    connections.dispatch(
        channel,
        new TestIntake(
            "main", Choice.FIXED, "moved", Duration.ofSeconds(5), Duration.ofHours(1), stages));
    channel.pipeline().fireChannelActive();
    channel.runPendingTasks();
  }

  /** An operator closes the connection. */
  void closedByOperator() throws Exception {
    new HostConnectionAdmin(connections).close(HostedConnection.of(channel).id());
  }

  /** What a dump says of its connection. */
  DumpedConnections dumpedConnections() {
    return new DumpedConnections(connections);
  }

  /** From now on this is the version that its connection is to go to. */
  MovedClient succeededBy(String version, Service next) {
    TestLeases.succeed(lease(), TestLeases.version("moved", version, next, () -> {}));
    return this;
  }

  /** The version that a connection is a user of. */
  ActiveVersion version(Connection connection) {
    return ((HostedConnection) connection).lease().version();
  }

  /** The users of its version are told that it goes away. */
  MovedClient hears(GoingAway news) {
    TestLeases.say(lease(), news);
    channel.runPendingTasks();
    return this;
  }

  /** The host is going to end, unless it is told to stay. */
  void hostEnds(Duration patience) {
    connections.announceEnd(Audience.USERS, Optional.of(patience));
    channel.runPendingTasks();
  }

  void hostStays() {
    connections.retractEnd();
  }

  List<Connection> servedBy(long bundle) {
    return connections.servedBy(bundle);
  }

  private ActiveVersion lease() {
    return HostedConnection.of(channel).lease().version();
  }

  /** Asks the host to move the connection to the successor. */
  CompletableFuture<Void> move() {
    CompletableFuture<Void> moved = leases.handOver.begin(lease(), LIMIT).toCompletableFuture();
    channel.runPendingTasks();
    return moved;
  }

  MovedClient send(String text) {
    return send(text.getBytes(ISO_8859_1));
  }

  MovedClient send(byte[] bytes) {
    channel.writeInbound((Object) Unpooled.copiedBuffer(bytes));
    channel.runPendingTasks();
    return this;
  }

  /** What has come since it was asked for last. */
  String received() {
    StringBuilder text = new StringBuilder();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      text.append(next.toString(ISO_8859_1));
      next.release();
    }
    return text.toString();
  }

  MovedClient after(Duration time) {
    channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
    return this;
  }

  String version() {
    return HostedConnection.of(channel).version();
  }

  List<String> holdersOf(ClassLoader loader) {
    return connections.holdersOf(loader);
  }

  EmbeddedChannel channel() {
    return channel;
  }

  int openLeases() {
    return leases.open();
  }

  /** Closes the connection, and sees that nothing is left of it. */
  void close() {
    channel.finishAndReleaseAll();
    assertThat(leases.open()).isZero();
  }
}
