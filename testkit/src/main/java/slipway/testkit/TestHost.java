package slipway.testkit;

import io.netty.channel.Channel;
import io.netty.channel.local.LocalAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import slipway.net.Intake;
import slipway.net.Intake.Choice;
import slipway.server.core.connection.Connections;
import slipway.server.core.life.LooseVersions;
import slipway.service.Connection;
import slipway.service.Delimiter;
import slipway.service.GoingAway;
import slipway.service.Service;

/**
 * A host for one service in a test: the host's own dispatch, pipeline and hand-over, without a
 * framework and without a network.
 *
 * <pre>
 *  try (TestHost host = new TestHost("shout", new ShoutService())) {
 *    TestConnection client = host.connect();
 *    client.send("hello\n");
 *    assertThat(client.readUntil("\n")).isEqualTo("HELLO\n");
 *  }
 * </pre>
 *
 * <p><b>Thread.</b> The event loop of all connections is the thread that has made this object, and
 * all methods of it and of its connections are called there; others throw an {@link
 * IllegalStateException}. What a service does in the event loop is done when a method returns. What
 * it does in threads of its own, as a {@link slipway.stream.StreamService} does, is waited for with
 * {@link #await}, {@link TestConnection#readUntil} or {@link TestConnection#awaitClosed}.
 *
 * <p><b>Time.</b> The event loop's time, by which handlers' timers and the host's deadlines run,
 * stands still; {@link #pass} lets some of it pass.
 */
public final class TestHost implements AutoCloseable {

  /** How long to wait for what threads of a service do, in real time. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The time in which a connection has to be given up, as the host's {@code handoff.timeout}. */
  private static final Duration HAND_OFF = Duration.ofSeconds(5);

  /** A connection's number is unique in the process, even among several hosts. */
  private static final AtomicLong IDS = new AtomicLong();

  private final String name;
  private final TestLoop loop = new TestLoop();
  private final LooseVersions versions;
  private final Connections connections;
  private final List<TestConnection> clients = new ArrayList<>();
  private int major;

  /**
   * Makes a host.
   *
   * @param name the service's name
   * @param first its first version, which is called 1.0.0
   */
  public TestHost(String name, Service first) {
    this.name = name;
    this.versions = new LooseVersions(name, loop::ring);
    this.connections = new Connections(versions, IDS);
    versions.add(nextVersion(), first);
  }

  private String nextVersion() {
    major++;
    return major + ".0.0";
  }

  // ---- clients ---------------------------------------------------------------------------------

  /** A client of an acceptor that fixes the service; it has no address. */
  public TestConnection connect() {
    return connect(LocalAddress.ANY);
  }

  /**
   * A client of an acceptor that fixes the service.
   *
   * @param client the client's address
   */
  public TestConnection connect(SocketAddress client) {
    return connected(client, new TestIntake(Choice.FIXED, name));
  }

  /**
   * A client that names the service in its first message, and has read the host's answer to that.
   *
   * @param delimiter what ends its messages
   * @throws AssertionError if the service cannot be attached
   */
  public TestConnection connect(Delimiter delimiter) {
    TestConnection client = connected(LocalAddress.ANY, new TestIntake(Choice.CLIENT, ""));
    String request = name + delimiter.text();
    client.send(request);
    client.look();
    client.expect(request);
    return client;
  }

  private TestConnection connected(SocketAddress address, Intake intake) {
    MemoryChannel channel = new MemoryChannel(address);
    loop.register(channel);
    connections.dispatch(channel, intake);
    TestConnection client = new TestConnection(this, channel);
    clients.add(client);
    channel.connect();
    client.look();
    loop.run();
    return client;
  }

  /**
   * Serves a channel of the test's own, such as one of a socket, in that one's event loop. Called
   * where an acceptor would, by a {@link io.netty.channel.ChannelInitializer}.
   */
  public void serve(Channel channel) {
    connections.dispatch(channel, new TestIntake(Choice.FIXED, name));
  }

  /** A channel's connection, as its service sees it; null if no service has it, or had it. */
  Connection of(Channel channel) {
    return connections.servedBy(LooseVersions.BUNDLE).stream()
        .filter(connection -> connection.channel() == channel)
        .findFirst()
        .orElse(null);
  }

  // ---- versions --------------------------------------------------------------------------------

  /**
   * Another version serves from now on, and gets the connections that are open: each at once or, if
   * it is in the middle of something, when that is over. One that cannot be handed over stays with
   * its version, is told that it goes away, and is tried again after a second and more of {@link
   * #pass}; the log says why. {@link TestConnection#version} tells where a connection is.
   *
   * @param next the version, which is called 2.0.0, 3.0.0 and so on. To have classes of its own as
   *     in the host, it is made by {@link OwnClasses}.
   */
  public void handOver(Service next) {
    handOver(nextVersion(), next);
  }

  /**
   * Another version serves from now on, as {@link #handOver(Service)} says.
   *
   * @param version what it is called; may be that of one that has served before, as in a rollback
   * @param next the version
   */
  public void handOver(String version, Service next) {
    versions.add(version, next);
    versions.handOver(HAND_OFF);
    loop.run();
  }

  /**
   * Tells the service's connections that they are going to be closed. After the last word the host
   * closes them, when a second has passed.
   */
  public void goingAway(GoingAway news) {
    versions.say(news);
    loop.run();
  }

  /**
   * What of the open connections holds objects of a version.
   *
   * @param version the version's class loader
   * @return a text for each, for a failure's message
   */
  public List<String> holdersOf(ClassLoader version) {
    return connections.holdersOf(version);
  }

  /**
   * How many connections, open ones and those of which a lease was retained, use the service. A
   * connection that is closed uses it until all that was retained is closed.
   */
  public int users() {
    return versions.users();
  }

  // ---- the event loop --------------------------------------------------------------------------

  /** Does what other threads have given to the event loop. */
  public void run() {
    loop.run();
  }

  /** Lets time pass in the event loop, and does what is due then. */
  public void pass(Duration time) {
    loop.pass(time);
  }

  /**
   * Does what is given to the event loop until a condition holds. It is looked at again when
   * another thread has given the event loop something to do.
   *
   * @throws AssertionError if it does not hold within a minute
   */
  public void await(BooleanSupplier condition) {
    if (!awaits(condition)) {
      throw new AssertionError("it has not come within " + PATIENCE.toSeconds() + " s");
    }
  }

  boolean awaits(BooleanSupplier condition) {
    return loop.await(condition, PATIENCE);
  }

  /**
   * Closes all connections, and waits until the service has no users.
   *
   * @throws AssertionError if it still has some after a minute, for example because a retained
   *     lease was not closed
   */
  @Override
  public void close() {
    int left = end(PATIENCE);
    if (left > 0) {
      throw new AssertionError("leases of the service that are left open: " + left);
    }
  }

  /**
   * Closes all connections.
   *
   * @param patience how long to wait for the users of the service
   * @return how many are left
   */
  int end(Duration patience) {
    clients.forEach(TestConnection::close);
    loop.await(() -> users() == 0, patience);
    return users();
  }
}
