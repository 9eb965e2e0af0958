package slipway.server.acceptor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.admin.AcceptorState;
import slipway.admin.AcceptorStatus;
import slipway.net.Intake;
import slipway.net.Stage;

/** Real sockets on the loopback; every client is told the number of its arrival. */
@Timeout(180)
class AcceptorsTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir Path home;

  private final NioTransport transport = new NioTransport();
  private final BlockingQueue<Intake> arrivals = new LinkedBlockingQueue<>();
  private final BlockingQueue<Channel> channels = new LinkedBlockingQueue<>();
  private final AtomicLong openDescriptors = new AtomicLong();
  private final Descriptors descriptors = new Descriptors(() -> 1000, openDescriptors::get);
  private final Stages stages = new Stages();
  private Acceptors acceptors;

  private void dispatch(Channel channel, Intake intake) {
    arrivals.add(intake);
    channels.add(channel);
    channel
        .eventLoop()
        .execute(() -> channel.writeAndFlush(Unpooled.copiedBuffer("hi\n", US_ASCII)));
  }

  private Acceptors acceptors() {
    if (acceptors == null) {
      acceptors = new Acceptors(home.toString(), transport, this::dispatch, descriptors, stages);
    }
    return acceptors;
  }

  @AfterEach
  void stop() {
    acceptors().deactivate();
    transport.close();
  }

  private AcceptorStatus configure(String name, String... keysAndValues) throws Exception {
    Map<String, Object> properties = new HashMap<>(Map.of("port", "0"));
    for (int index = 0; index < keysAndValues.length; index += 2) {
      properties.put(keysAndValues[index], keysAndValues[index + 1]);
    }
    acceptors().configure(name, AcceptorSettings.of(properties));
    return status(name);
  }

  private AcceptorStatus status(String name) {
    return acceptors().statuses().stream()
        .filter(status -> status.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void await(Predicate<AcceptorStatus> condition) throws Exception {
    acceptors()
        .when(all -> all.values().stream().map(Acceptor::status).anyMatch(condition))
        .get(60, SECONDS);
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(LOOPBACK, port));
    return socket;
  }

  private static void assertServed(Socket client) throws IOException {
    assertThat(client.getInputStream().readNBytes(3)).asString().isEqualTo("hi\n");
  }

  private static void assertNotServed(Socket client) throws IOException {
    client.setSoTimeout(100);
    try {
      assertThat(client.getInputStream().read()).as("nothing is sent").isEqualTo(-2);
    } catch (SocketTimeoutException nothing) {
      client.setSoTimeout(0);
    }
  }

  // ---- stages ----------------------------------------------------------------------------------

  @Test
  void opensWhenABundleBringsItsStagesAndLetsNobodyPastThem() throws Exception {
    Stage proxy = passage -> {};
    Stage tls = passage -> {};
    stages.addStage(proxy, Map.of(Stage.NAME, "proxy"));
    AcceptorStatus waiting = configure("main", "stages", "proxy, tls");
    assertThat(waiting.bound()).isFalse();
    assertThat(waiting.reason()).isEqualTo("accepts no clients: no bundle brings the stage tls");

    stages.addStage(tls, Map.of(Stage.NAME, "tls"));
    AcceptorStatus open = status("main");
    assertThat(open.bound()).isTrue();
    assertThat(open.reason()).isEmpty();
    try (Socket client = connect(open.port())) {
      assertServed(client);
      assertThat(arrivals.take().stages()).containsExactly(proxy, tls);
    }

    stages.removeStage(proxy);
    assertThat(status("main").bound()).as("clients wait in the backlog").isTrue();
    assertThat(status("main").reason())
        .isEqualTo("accepts no clients: no bundle brings the stage proxy");
    try (Socket client = connect(open.port())) {
      assertNotServed(client);
      stages.addStage(proxy, Map.of(Stage.NAME, "proxy"));
      assertServed(client);
    }
    assertThat(status("main").reason()).isEmpty();
  }

  @Test
  void anAcceptorThatIsOpenTakesNobodyOnceItsFileNamesAStageThatIsNotThere() throws Exception {
    AcceptorStatus open = configure("main");
    assertThat(configure("main", "port", "" + open.port(), "stages", "tls").reason())
        .contains("no bundle brings the stage tls");
    try (Socket client = connect(open.port())) {
      assertNotServed(client);
      configure("main", "port", "" + open.port());
      assertServed(client);
    }
  }

  // ---- addresses -------------------------------------------------------------------------------

  @Test
  void bindsAndHandsConnectionsOnWithItsSettings() throws Exception {
    AcceptorStatus bound = configure("main", "service", "echo", "idle.timeout", "7s");
    assertThat(bound.bound()).isTrue();
    assertThat(bound.address()).isEqualTo("127.0.0.1");
    assertThat(bound.port()).as("the real one").isPositive();
    assertThat(bound.transport()).isEqualTo("nio/tcp");
    try (Socket client = connect(bound.port())) {
      assertServed(client);
      assertThat(arrivals.take().service()).isEqualTo("echo");
      assertThat(status("main").connections()).isEqualTo(1);
    }
    while (status("main").connections() > 0) {
      Thread.onSpinWait(); // its event loop tells nobody; the test's timeout ends this
    }
  }

  @Test
  void aChangedAddressIsBoundAndOpenConnectionsAreKept() throws Exception {
    int first = configure("main").port();
    int second = configure("other").port();
    acceptors().remove("other");
    try (Socket client = connect(first)) {
      assertServed(client);
      AcceptorStatus changed = configure("main", "port", Integer.toString(second));
      assertThat(changed.port()).isEqualTo(second);
      assertThat(changed.connections()).isEqualTo(1);
      channels.take().writeAndFlush(Unpooled.copiedBuffer("hi\n", US_ASCII));
      assertServed(client);
      try (Socket other = connect(second)) {
        assertServed(other);
      }
      assertThat(isRefused(first)).isTrue();
    }
  }

  /** Whether nobody listens any more; the event loop closes a socket a little later. */
  private static boolean isRefused(int port) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      try (Socket socket = connect(port)) {
        assertThat(socket.isConnected()).isTrue();
      } catch (ConnectException refused) {
        return true;
      }
    }
    return false;
  }

  @Test
  void anAddressThatOverlapsTheOldOneTakesItsPlace() throws Exception {
    int port = configure("main").port();
    AcceptorStatus all = configure("main", "ip", "0.0.0.0", "port", Integer.toString(port));
    assertThat(all.address()).isEqualTo("0.0.0.0");
    assertThat(all.port()).isEqualTo(port);
    try (Socket client = connect(port)) {
      assertServed(client);
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 0.0.0.0", "0.0.0.0,   127.0.0.1", "0.0.0.0,   ::"})
  void anOverlappingAddressIsTakenWithoutAMomentInWhichNobodyListens(String before, String after)
      throws Exception {
    int port = configure("main", "ip", before).port();
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Integer> clients =
        CompletableFuture.supplyAsync(
            () -> {
              int connected = 0;
              while (!over.get() || connected == 0) {
                connectAndLeave(port);
                connected++;
              }
              return connected;
            });
    AcceptorStatus changed = configure("main", "ip", after, "port", Integer.toString(port));
    over.set(true);
    assertThat(changed.reason()).isEmpty();
    assertThat(changed.port()).isEqualTo(port);
    assertThat(clients.get(60, SECONDS)).isPositive();
    assertThat(isTaken(port)).as("nobody else can have the port").isTrue();
  }

  private static void connectAndLeave(int port) {
    try {
      connect(port).close();
    } catch (ConnectException refused) {
      throw new UncheckedIOException(refused);
    } catch (IOException cut) {
      // accepted by the one that went
    }
  }

  private static boolean isTaken(int port) throws IOException {
    try (ServerSocket other = new ServerSocket()) {
      other.setReuseAddress(true);
      other.bind(new InetSocketAddress(LOOPBACK, port));
      return false;
    } catch (BindException taken) {
      return true;
    }
  }

  @Test
  void whoWaitsIsServedThoughTheBacklogChangesMeanwhile() throws Exception {
    int port = configure("main", "state", "STOP", "backlog", "16").port();
    try (Socket waiting = connect(port)) {
      configure("main", "state", "STOP", "backlog", "17");
      configure("main", "backlog", "18");
      assertServed(waiting);
    }
  }

  /** The other program has the port on one address only, which the new one would cover. */
  @Test
  void whileAnOverlappingAddressIsTakenTheOldListenerStaysOpen() throws Exception {
    int port;
    try (Socket waiting = new Socket();
        ServerSocket other = new ServerSocket()) {
      port = configure("main", "state", "STOP").port();
      other.bind(new InetSocketAddress("127.0.0.2", port));
      waiting.connect(new InetSocketAddress(LOOPBACK, port)); // in the backlog
      String[] all = {"ip", "0.0.0.0", "port", Integer.toString(port), "state", "STOP"};
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThat(configure("main", all).reason())
            .isEqualTo(
                "0.0.0.0:"
                    + port
                    + " cannot be bound: Address already in use; still listening on 127.0.0.1:"
                    + port);
      }
      configure("main", "ip", "0.0.0.0", "port", Integer.toString(port));
      assertServed(waiting);
    }
    await(status -> status.address().equals("0.0.0.0"));
    try (Socket client = connect(port)) {
      assertServed(client);
    }
  }

  @Test
  void aPortThatIsTakenIsBoundOnceItIsFree() throws Exception {
    AcceptorStatus taken;
    try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
      taken = configure("main", "port", Integer.toString(other.getLocalPort()));
      assertThat(taken.bound()).isFalse();
      assertThat(taken.reason())
          .isEqualTo("127.0.0.1:" + taken.port() + " cannot be bound: Address already in use");
    }
    await(AcceptorStatus::bound);
    assertThat(status("main").reason()).isEmpty();
    try (Socket client = connect(taken.port())) {
      assertServed(client);
    }
  }

  @Test
  void whileTheNewAddressIsTakenTheOldOneGoesOn() throws Exception {
    AcceptorStatus old = configure("main");
    try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
      AcceptorStatus status = configure("main", "port", Integer.toString(other.getLocalPort()));
      assertThat(status.port()).isEqualTo(old.port());
      assertThat(status.reason()).endsWith("; still listening on 127.0.0.1:" + old.port());
      try (Socket client = connect(old.port())) {
        assertServed(client);
      }
    }
    await(status -> status.port() != old.port());
    assertThat(isRefused(old.port())).isTrue();
  }

  @Test
  void anAcceptorThatIsRemovedLetsItsPortGoAndKeepsItsConnections() throws Exception {
    int port = configure("main").port();
    try (Socket client = connect(port)) {
      assertServed(client);
      acceptors().remove("main");
      assertThat(acceptors().statuses()).isEmpty();
      assertThat(isRefused(port)).isTrue();
      channels.take().writeAndFlush(Unpooled.copiedBuffer("hi\n", US_ASCII));
      assertServed(client);
    }
  }

  // ---- STOP and START --------------------------------------------------------------------------

  @Test
  void stoppedItHoldsItsPortAndServesThoseWhoWaitedWhenItStarts() throws Exception {
    AcceptorStatus stopped = configure("main", "state", "STOP");
    assertThat(stopped.bound()).isTrue();
    assertThat(stopped.state()).isEqualTo(AcceptorState.STOP);
    try (Socket client = connect(stopped.port())) {
      assertNotServed(client);
      configure("main", "port", Integer.toString(stopped.port()));
      assertThat(status("main").state()).isEqualTo(AcceptorState.START);
    }
    int port = configure("main", "state", "STOP").port();
    try (Socket client = connect(port)) {
      assertNotServed(client);
      configure("main", "state", "START");
      assertServed(client);
    }
  }

  @Test
  void suspendedItAcceptsNobodyUntilTheLastSuspensionEnds() throws Exception {
    int port = configure("main").port();
    acceptors().hold(Hold.SUSPENDED);
    acceptors().hold(Hold.SUSPENDED);
    try (Socket client = connect(port)) {
      assertNotServed(client);
      acceptors().release(Hold.SUSPENDED);
      assertNotServed(client);
      acceptors().release(Hold.SUSPENDED);
      assertServed(client);
    }
  }

  @Test
  void withdrawnItRefusesNewClientsAtOnceAndKeepsConnections() throws Exception {
    int port = configure("main", "backlog", "1").port();
    try (Socket client = connect(port)) {
      assertServed(client);
      acceptors().hold(Hold.SUSPENDED);
      try (Socket waiting = connect(port)) {
        assertNotServed(waiting);
        acceptors().hold(Hold.WITHDRAWN);
        assertThatExceptionOfType(IOException.class)
            .as("whoever waited is told, too")
            .isThrownBy(() -> endOf(waiting));
      }
      assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(port));
      AcceptorStatus withdrawn = status("main");
      assertThat(withdrawn.bound()).isFalse();
      assertThat(withdrawn.reason()).isEqualTo("no longer listens, as the host ends");
      configure("main", "port", Integer.toString(port));
      assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(port));
      channels.take().writeAndFlush(Unpooled.copiedBuffer("hi\n", US_ASCII));
      assertServed(client);
      acceptors().release(Hold.WITHDRAWN);
      acceptors().release(Hold.SUSPENDED);
      try (Socket again = connect(port)) {
        assertServed(again);
      }
    }
  }

  private static void endOf(Socket socket) throws IOException {
    if (socket.getInputStream().read() < 0) {
      throw new IOException("closed");
    }
  }

  @Test
  void theAcceptorOfTheServiceAdminIsNeverWithdrawn() throws Exception {
    configure("admin", "ip", "unix:admin.sock", "service", "admin");
    acceptors().hold(Hold.WITHDRAWN);
    try (SocketChannel client = unix(home.resolve("admin.sock"))) {
      assertThat(client.isConnected()).isTrue();
      assertThat(arrivals.take().acceptor()).isEqualTo("admin");
    }
  }

  @Test
  void theAcceptorOfTheServiceAdminIsNeverSuspended() throws Exception {
    configure("admin", "ip", "unix:admin.sock", "service", "admin");
    acceptors().hold(Hold.SUSPENDED);
    try (SocketChannel client = unix(home.resolve("admin.sock"))) {
      assertThat(client.isConnected()).isTrue();
      assertThat(arrivals.take().acceptor()).isEqualTo("admin");
    }
  }

  // ---- limits ----------------------------------------------------------------------------------

  @Test
  void atTheLimitClientsWaitUntilAPlaceIsFree() throws Exception {
    int port = configure("main", "max.connections", "2").port();
    try (Socket first = connect(port);
        Socket second = connect(port);
        Socket third = connect(port);
        Socket fourth = connect(port)) {
      assertServed(first);
      assertServed(second);
      assertNotServed(third);
      assertThat(status("main").connections()).isEqualTo(2);
      channels.take().close();
      assertServed(third);
      assertNotServed(fourth);
      assertThat(status("main").connections()).isEqualTo(2);
      configure("main", "max.connections", "3");
      assertServed(fourth);
    }
  }

  @Test
  void whileDescriptorsAreShortUsersWaitAndOperatorsAreServed() throws Exception {
    int port = configure("main").port();
    int other = configure("other").port();
    configure("admin", "ip", "unix:admin.sock", "service", "admin");
    openDescriptors.set(1000 - 64);
    try (Socket last = connect(port);
        Socket waiting = connect(port)) {
      assertServed(last);
      assertNotServed(waiting);
      assertThat(arrivals.take().acceptor()).isEqualTo("main");
      assertThat(status("main").reason())
          .isEqualTo("accepts no clients while file descriptors are short");
      assertThat(status("other").reason()).isEqualTo(status("main").reason());
      assertThat(status("admin").reason()).isEmpty();
      try (Socket waitingElsewhere = connect(other);
          SocketChannel operator = unix(home.resolve("admin.sock"))) {
        assertThat(operator.isConnected()).isTrue();
        assertThat(arrivals.take().acceptor()).isEqualTo("admin");
        openDescriptors.set(500);
        assertServed(waiting);
        assertServed(waitingElsewhere);
      }
    }
  }

  // ---- Unix domain sockets ---------------------------------------------------------------------

  private static SocketChannel unix(Path path) throws IOException {
    SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
    client.connect(UnixDomainSocketAddress.of(path));
    return client;
  }

  @Test
  void onlyTheUserMayOpenAUnixDomainSocketAndItsDirectory() throws Exception {
    AcceptorStatus bound = configure("admin", "ip", "unix:run/admin.sock");
    assertThat(bound.bound()).as(bound.reason()).isTrue();
    assertThat(bound.port()).isZero();
    assertThat(bound.address()).isEqualTo("unix:run/admin.sock");
    Path socket = home.resolve("run/admin.sock");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
        .isEqualTo("rwx------");
    unix(socket).close();
    acceptors().remove("admin");
    acceptors().statuses();
    assertThat(socket).doesNotExist();
  }

  @Test
  void aUnixDomainSocketIsThereWhileItIsReplaced() throws Exception {
    Path socket = home.resolve("run/admin.sock");
    assertThat(configure("admin", "ip", "unix:run/admin.sock").bound()).isTrue();
    CountDownLatch looked = new CountDownLatch(1);
    AtomicBoolean replacing = new AtomicBoolean(true);
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      final Future<?> looks =
          threads.submit(
              () -> {
                do {
                  Set<PosixFilePermission> rights = Files.getPosixFilePermissions(socket);
                  assertThat(PosixFilePermissions.toString(rights)).isEqualTo("rw-------");
                  looked.countDown();
                } while (replacing.get());
                return null;
              });
      looked.await();
      for (int round = 0; round < 20; round++) {
        for (String path : List.of("run/../run/admin.sock", "run/admin.sock")) {
          AcceptorStatus status = configure("admin", "ip", "unix:" + path);
          assertThat(status.reason()).isEmpty();
          try (SocketChannel client = unix(socket)) {
            assertThat(Channels.newInputStream(client).readNBytes(3)).asString().isEqualTo("hi\n");
          }
        }
      }
      replacing.set(false);
      looks.get(60, SECONDS);
    }
    try (Stream<Path> files = Files.list(socket.getParent())) {
      assertThat(files).containsExactly(socket);
    }
    acceptors().remove("admin");
    acceptors().statuses();
    assertThat(socket.getParent()).isEmptyDirectory();
  }

  @Test
  void theSocketOfAKilledHostIsCleared() throws Exception {
    Path socket = home.resolve("stale.sock");
    ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    killed.bind(UnixDomainSocketAddress.of(socket));
    killed.close();
    assertThat(socket).exists();
    assertThat(configure("admin", "ip", "unix:stale.sock").bound()).isTrue();
  }

  @Test
  void theSocketOfALivingHostIsNot() throws Exception {
    Path socket = home.resolve("living.sock");
    try (ServerSocketChannel living = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      living.bind(UnixDomainSocketAddress.of(socket));
      AcceptorStatus status = configure("admin", "ip", "unix:living.sock");
      assertThat(status.bound()).isFalse();
      assertThat(status.reason()).endsWith("Address already in use");
    }
    await(AcceptorStatus::bound);
  }

  @Test
  void aFileThatIsNoSocketIsNeverRemoved() throws Exception {
    Path file = Files.writeString(home.resolve("notes.txt"), "mine");
    AcceptorStatus status = configure("admin", "ip", "unix:notes.txt");
    assertThat(status.reason()).endsWith("a file that is no socket is in the way");
    assertThat(file).hasContent("mine");
  }

  // ---- discovery -------------------------------------------------------------------------------

  @Test
  void answersSmallDatagramsAndDropsLargerOnes() throws Exception {
    int port = configure("main", "discovery", "true").port();
    try (DatagramSocket client = new DatagramSocket(0, LOOPBACK)) {
      for (int length : new int[] {17, 1000, 16, 1}) {
        byte[] question = new byte[length];
        question[0] = (byte) length;
        client.send(new DatagramPacket(question, length, LOOPBACK, port));
      }
      DatagramPacket answer = new DatagramPacket(new byte[100], 100);
      client.receive(answer);
      assertThat(answer.getLength()).isEqualTo(16);
      assertThat(answer.getData()[0]).isEqualTo((byte) 16);
      client.receive(answer);
      assertThat(answer.getLength()).isEqualTo(1);
    }
    configure("main", "port", Integer.toString(port));
    assertThat(isLetGo(port)).as("let go without discovery").isTrue();
  }

  /** The event loop closes its socket a little later. */
  private static boolean isLetGo(int port) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try (DatagramSocket free = new DatagramSocket(port, LOOPBACK)) {
        return free.isBound();
      } catch (BindException taken) {
        if (System.nanoTime() > end) {
          return false;
        }
        Thread.onSpinWait();
      }
    }
  }

  // ---- services that get at the listening channel ----------------------------------------------

  private interface Misdeed {
    void on(Channel listening);
  }

  /** Connects, lets a service do that to the acceptor's channel, and connects once more. */
  private AcceptorStatus after(Misdeed misdeed, boolean dies) throws Exception {
    int free = configure("other").port();
    acceptors().remove("other");
    AcceptorStatus before = configure("main", "port", Integer.toString(free));
    try (Socket first = connect(before.port())) {
      assertServed(first);
      Channel client = channels.take();
      client.eventLoop().submit(() -> misdeed.on(client.parent())).sync();
      if (dies) {
        await(status -> status.bound() && status.reason().contains("bound again"));
      }
      try (Socket second = connect(before.port())) {
        assertServed(second);
        channels.take();
      }
      assertThat(client.isActive()).isTrue();
    }
    AcceptorStatus now = status("main");
    assertThat(now.port()).isEqualTo(before.port());
    assertThat(now.bound()).isTrue();
    return now;
  }

  @Test
  void noServiceClosesAnAcceptor() throws Exception {
    for (Function<Channel, ChannelFuture> misdeed :
        List.<Function<Channel, ChannelFuture>>of(
            Channel::close, Channel::disconnect, Channel::deregister)) {
      AcceptorStatus now =
          after(
              listening ->
                  misdeed
                      .apply(listening)
                      .addListener(done -> assertThat(done.isSuccess()).isFalse()),
              false);
      assertThat(now.reason()).isEmpty();
    }
  }

  @Test
  void anAcceptorThatDiesIsBoundAgainAndSaysWhy() throws Exception {
    AcceptorStatus now = after(listening -> listening.pipeline().removeFirst(), true);
    assertThat(now.reason())
        .isEqualTo(
            "a service has removed the host's handlers from its channel; it was bound again");
    now = after(listening -> listening.pipeline().removeLast(), true);
    assertThat(now.reason())
        .isEqualTo("a service has changed the handlers of its channel; it was bound again");
    now =
        after(
            listening -> listening.eventLoop().execute(() -> listening.unsafe().closeForcibly()),
            true);
    assertThat(now.reason()).isEqualTo("its channel was closed from outside; it was bound again");
  }

  @Test
  void anAcceptorThatAServiceStopsAcceptsAgain() throws Exception {
    assertThat(after(listening -> listening.config().setAutoRead(false), false).reason()).isEmpty();
  }

  @Test
  void connectionsOfOperatorsOverIpAreWhereClientsAreAccepted() throws Exception {
    AcceptorStatus bound = configure("metrics", "audience", "operators", "service", "metrics");
    try (Socket client = connect(bound.port())) {
      Channel accepted = channels.take();
      assertThat(accepted.eventLoop().parent()).isSameAs(transport.tcp().accepting());
      assertThat(client.getPort()).isEqualTo(bound.port());
    }
  }

  @Test
  void connectionsOfOperatorsAreOnEventLoopsOfTheirOwn() throws Exception {
    configure("admin", "ip", "unix:admin.sock", "service", "admin");
    try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      client.connect(UnixDomainSocketAddress.of(home.resolve("admin.sock")));
      Channel accepted = channels.take();
      assertThat(accepted.eventLoop().parent()).isSameAs(transport.operators().group());
      assertThat(accepted.parent().eventLoop().parent()).isSameAs(transport.operators().group());
    }
  }
}
