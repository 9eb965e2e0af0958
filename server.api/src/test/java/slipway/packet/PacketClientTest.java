package slipway.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client, and servers that do what servers do. */
@Timeout(60)
class PacketClientTest {

  private static final PacketFormat LAN = PacketFormat.lan(2000);
  private static final int REQUEST = 1;
  private static final int ANSWER = 2;
  private static final int NEWS = 3;
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final UnpooledByteBufAllocator HEAP = UnpooledByteBufAllocator.DEFAULT;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Packets packets =
      new Packets(connection -> PacketSettings.usual(), loops, NioSocketChannel.class);
  private final Heard heard = new Heard();
  private final List<Socket> connections = new ArrayList<>();
  private ServerSocket server;
  private PacketClient client;

  @BeforeEach
  void aServerListens() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void end() throws Exception {
    if (client != null) {
      client.close();
    }
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }

  /** What a client was told, one line each. */
  private static final class Heard implements PacketClientListener {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Override
    public void connected(PacketClient client) {
      lines.add("connected");
    }

    @Override
    public void packet(PacketClient client, PacketReader packet) {
      switch (packet.u16()) {
        case ANSWER -> {
          if (!client.answered(packet.u32(), packet)) {
            lines.add("late");
          }
        }
        case NEWS -> lines.add("news " + packet.i32());
        case 99 -> throw new IllegalStateException("as the test wants it");
        default -> throw packet.unknownType();
      }
    }

    @Override
    public void drained(PacketClient client) {
      lines.add("drained");
    }

    @Override
    public void lost(PacketClient client, String why) {
      lines.add("lost: " + why);
    }

    String next() throws InterruptedException {
      return lines.take();
    }
  }

  private PacketClientSettings settings() {
    return PacketClientSettings.usual((InetSocketAddress) server.getLocalSocketAddress(), LAN)
        .withPauses(Duration.ofMillis(1), Duration.ofMillis(5));
  }

  /** A client, and the server's end of its connection. */
  private Socket connect(PacketClientSettings settings) throws Exception {
    client = packets.client(settings, heard);
    return accept();
  }

  private Socket accept() throws Exception {
    Socket accepted = server.accept();
    connections.add(accepted);
    assertThat(heard.next()).isEqualTo("connected");
    return accepted;
  }

  // ---- what a server reads and writes ----------------------------------------------------------

  private static byte[] packet(int type, int value) {
    return packet(LAN, type, value);
  }

  private static byte[] packet(PacketFormat format, int type, int value) {
    ByteBuf bytes = Unpooled.buffer();
    bytes.writeZero(format.header());
    bytes.writeShortLE(type).writeIntLE(value);
    format.encode(bytes, 0, 6);
    byte[] array = new byte[bytes.readableBytes()];
    bytes.readBytes(array);
    return array;
  }

  private static byte[] answer(int number, int value) {
    ByteBuf bytes = Unpooled.buffer();
    bytes.writeShortLE(10).writeShortLE(ANSWER).writeIntLE(number).writeIntLE(value);
    byte[] array = new byte[bytes.readableBytes()];
    bytes.readBytes(array);
    return array;
  }

  /** What is behind the length of the next packet. */
  private static ByteBuf read(Socket from) throws IOException {
    DataInputStream input = new DataInputStream(from.getInputStream());
    int length = Short.toUnsignedInt(Short.reverseBytes(input.readShort()));
    byte[] payload = new byte[length];
    input.readFully(payload);
    return Unpooled.wrappedBuffer(payload);
  }

  private static int readNumber(Socket from) throws IOException {
    ByteBuf request = read(from);
    assertThat(request.readUnsignedShortLE()).isEqualTo(REQUEST);
    return request.readIntLE();
  }

  private CompletionStage<Integer> ask(Duration patience) {
    return client.ask(
        (packet, number) -> packet.u16(REQUEST).u32(number), PacketReader::i32, patience);
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get();
  }

  // ---- settings --------------------------------------------------------------------------------

  @Test
  void settingsSayWhatIsAllowed() {
    PacketClientSettings usual = settings();

    assertThatThrownBy(() -> usual.withPauses(Duration.ZERO, LONG))
        .hasMessage("shortestPause = 0s: allowed is 1ms to 1d");
    assertThatThrownBy(() -> usual.withPauses(LONG, Duration.ofSeconds(1)))
        .hasMessage("longestPause = 1s: allowed is 1m to 1d");
    assertThatThrownBy(() -> usual.withHeartbeat(Duration.ofSeconds(Long.MAX_VALUE / 1000)))
        .hasMessageEndingWith(": allowed is 0s to 365d");
    assertThatThrownBy(() -> usual.withOutboxLimit(1023))
        .hasMessage("outboxLimit = 1023: allowed is 1024 or more");
    assertThatThrownBy(
            () ->
                new PacketClientSettings(
                    usual.server(), LAN, Duration.ofDays(2), LONG, LONG, LONG, 1024))
        .hasMessage("connectTimeout = 2d: allowed is 1ms to 1d");
  }

  // ---- packets ---------------------------------------------------------------------------------

  static List<PacketFormat> formats() {
    return List.of(
        LAN,
        PacketFormat.net(0x77, PacketCodec.plain(), 2000),
        PacketFormat.net(0x77, PacketCodec.xor2(0x32, 0x84), 2000),
        PacketFormat.net(0x77, PacketCodec.chained(0x32), 2000));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void packetsArriveBothWays(PacketFormat format) throws Exception {
    PacketClientSettings usual = PacketClientSettings.usual(settings().server(), format);
    Socket connection = connect(usual);

    connection.getOutputStream().write(packet(format, NEWS, 7));
    assertThat(heard.next()).isEqualTo("news 7");

    client.eventLoop().execute(() -> client.write(NEWS).i32(8).send());
    byte[] got = connection.getInputStream().readNBytes(format.header() + 6);
    ByteBuf bytes = Unpooled.wrappedBuffer(got);
    format.decode(bytes, 0, got.length);
    assertThat(bytes.getIntLE(format.header() + 2)).isEqualTo(8);
  }

  @Test
  void packetsThatComeInPiecesAreWhole() throws Exception {
    Socket connection = connect(settings());
    connection.setTcpNoDelay(true);

    for (int value = 0; value < 10; value++) {
      for (byte piece : packet(NEWS, value)) {
        connection.getOutputStream().write(piece);
      }
      assertThat(heard.next()).isEqualTo("news " + value);
    }
  }

  @Test
  void aPacketOfAnotherThreadArrives() throws Exception {
    Socket connection = connect(settings());

    try (Packet packet = PacketBuilder.of(HEAP, NEWS).i32(9).build()) {
      assertThat(client.send(packet)).isTrue();
    }

    assertThat(read(connection).skipBytes(2).readIntLE()).isEqualTo(9);
  }

  @Test
  void nothingIsTakenWhileTheServerIsAway() throws Exception {
    server.close();
    client = packets.client(settings(), heard);
    await(client.tried());

    try (Packet packet = PacketBuilder.of(HEAP, NEWS).i32(9).build()) {
      assertThat(client.send(packet)).isFalse();
    }
    assertThatThrownBy(() -> await(ask(LONG)))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("is away");
    loops
        .submit(
            () ->
                assertThatThrownBy(() -> client.write(NEWS))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is away"))
        .sync();
  }

  @Test
  void whatTheServerSendsWaitsWhileTheListenerWantsNothing() throws Exception {
    Socket connection = connect(settings());
    CountDownLatch stopped = new CountDownLatch(1);
    client.eventLoop().execute(() -> client.reads(false));
    client.eventLoop().execute(stopped::countDown);
    stopped.await();

    connection.getOutputStream().write(packet(NEWS, 1));
    connection.getOutputStream().write(packet(NEWS, 2));
    assertThat(heard.lines.poll(50, TimeUnit.MILLISECONDS)).isNull();

    client.reads(true);
    assertThat(heard.next()).isEqualTo("news 1");
    assertThat(heard.next()).isEqualTo("news 2");
  }

  // ---- a server that does not read -------------------------------------------------------------

  /** In the event loop nothing leaves meanwhile. */
  @ParameterizedTest
  @ValueSource(ints = {1024, 20_000, 64 * 1024})
  void noMoreThanTheLimitWaitsAndTheListenerHearsWhenItHasLeft(int limit) throws Exception {
    Socket connection = connect(settings().withOutboxLimit(limit));

    int taken = client.eventLoop().submit(() -> sendUntilRefused(limit)).get();

    readAll(connection, taken);
    assertThat(heard.next()).isEqualTo("drained");
  }

  private int sendUntilRefused(int limit) {
    int taken = 0;
    try (Packet packet = PacketBuilder.of(HEAP, NEWS).bytes(new byte[1000]).build()) {
      while (client.send(packet)) {
        taken++;
        assertThat(client.waiting()).isLessThanOrEqualTo(limit);
      }
    }
    assertThat(client.waiting()).isGreaterThan(limit - 1004);
    return taken;
  }

  private static void readAll(Socket connection, int packets) throws IOException {
    for (int packet = 0; packet < packets; packet++) {
      assertThat(read(connection).readableBytes()).isEqualTo(1002);
    }
  }

  @Test
  void theListenerHearsAlsoIfWhatWaitedWasNeverTooMuchForTheChannel() throws Exception {
    Socket connection = connect(settings().withOutboxLimit(1024));
    CountDownLatch both = new CountDownLatch(1);
    client
        .eventLoop()
        .execute(
            () -> {
              try {
                both.await();
              } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
              }
            });

    try (Packet packet = PacketBuilder.of(HEAP, NEWS).bytes(new byte[1000]).build()) {
      assertThat(client.send(packet)).isTrue();
      assertThat(client.send(packet)).isFalse();
    }
    both.countDown();

    assertThat(heard.lines.poll(10, TimeUnit.SECONDS)).isEqualTo("drained");
    readAll(connection, 1);
  }

  @Test
  void nothingOfAnotherThreadIsLostBeyondTheLimit() throws Exception {
    Socket connection = connect(settings().withOutboxLimit(64 * 1024));

    int taken = 0;
    int refused = 0;
    try (Packet packet = PacketBuilder.of(HEAP, NEWS).bytes(new byte[1000]).build()) {
      while (refused < 3) {
        if (client.send(packet)) {
          taken++;
        } else {
          refused++;
        }
      }
    }

    readAll(connection, taken);
    assertThat(heard.next()).isEqualTo("drained");
  }

  // ---- requests --------------------------------------------------------------------------------

  @Test
  void anAnswerIsThatOfItsRequestInWhateverOrderTheyCome() throws Exception {
    Socket connection = connect(settings());
    CompletionStage<Integer> first = ask(LONG);
    CompletionStage<Integer> second = ask(LONG);
    int firstNumber = readNumber(connection);
    int secondNumber = readNumber(connection);

    connection.getOutputStream().write(answer(secondNumber, 22));
    connection.getOutputStream().write(answer(firstNumber, 11));

    assertThat(await(first)).isEqualTo(11);
    assertThat(await(second)).isEqualTo(22);
  }

  @Test
  void anAnswerThatComesTooLateIsNobodys() throws Exception {
    Socket connection = connect(settings());
    CompletionStage<Integer> asked = ask(Duration.ofMillis(1));

    assertThatThrownBy(() -> await(asked))
        .hasCauseInstanceOf(TimeoutException.class)
        .hasMessageContaining("no answer within 1ms");

    connection.getOutputStream().write(answer(readNumber(connection), 11));
    assertThat(heard.next()).isEqualTo("late");
  }

  @Test
  void requestsFailWithTheConnection() throws Exception {
    Socket connection = connect(settings());
    CompletionStage<Integer> asked = ask(LONG);
    readNumber(connection);

    connection.close();

    assertThatThrownBy(() -> await(asked))
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("the server has closed the connection");
  }

  @Test
  void aRequestThatCannotBeWrittenFailsAlone() throws Exception {
    Socket connection = connect(settings());

    assertThatThrownBy(
            () -> await(client.ask((packet, number) -> packet.u16(-1), PacketReader::i32, LONG)))
        .hasCauseInstanceOf(IllegalArgumentException.class);

    CompletionStage<Integer> next = ask(LONG);
    connection.getOutputStream().write(answer(readNumber(connection), 1));
    assertThat(await(next)).isEqualTo(1);
  }

  @Test
  void anAnswerThatIsTooShortFailsItsRequestAndEndsTheConnection() throws Exception {
    Socket connection = connect(settings());
    CompletionStage<Integer> asked = ask(LONG);

    connection.getOutputStream().write(packet(ANSWER, readNumber(connection)));

    assertThatThrownBy(() -> await(asked)).hasCauseInstanceOf(PacketException.class);
    assertThat(heard.next()).isEqualTo("lost: the server has sent what is no packet: BAD_PACKET");
    accept();
  }

  // ---- connections that are lost ---------------------------------------------------------------

  @Test
  void aLostServerIsTriedUntilItIsBack() throws Exception {
    for (int round = 0; round < 5; round++) {
      Socket connection = round == 0 ? connect(settings()) : accept();
      connection.close();
      assertThat(heard.next()).isEqualTo("lost: the server has closed the connection");
    }
    accept();
    await(client.tried());
    assertThat(client.away()).isEmpty();
  }

  @Test
  void aServerThatIsNotThereYetIsTriedUntilItIs() throws Exception {
    InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
    PacketClientSettings settings = settings();
    server.close();
    client = packets.client(settings, heard);
    await(client.tried());
    assertThat(client.away().orElseThrow()).startsWith("Connection refused");

    server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(address);

    connections.add(server.accept());
    assertThat(heard.next()).isEqualTo("connected");
  }

  @Test
  void aNameIsLookedUp() throws Exception {
    InetSocketAddress address =
        InetSocketAddress.createUnresolved(
            InetAddress.getLoopbackAddress().getHostAddress(), server.getLocalPort());
    Socket connection = connect(PacketClientSettings.usual(address, LAN));

    connection.getOutputStream().write(packet(NEWS, 1));

    assertThat(heard.next()).isEqualTo("news 1");
  }

  @Test
  void aServerThatSendsNoPacketIsLeftAndTriedAgain() throws Exception {
    Socket connection = connect(settings());

    connection.getOutputStream().write(new byte[] {(byte) 0xff, (byte) 0xff});

    assertThat(heard.next()).isEqualTo("lost: the server has sent what is no packet: BAD_LENGTH");
    assertThat(connection.getInputStream().read()).isEqualTo(-1);
    accept();
  }

  @Test
  void aServerThatIsSilentForTooLongIsLeft() throws Exception {
    connect(settings().withHeartbeat(Duration.ofMillis(20)));

    assertThat(heard.next()).isEqualTo("lost: the server has sent nothing for too long");
    accept();
  }

  @Test
  void aListenerThatFailsLosesItsConnection() throws Exception {
    Socket connection = connect(settings());

    connection.getOutputStream().write(packet(99, 0));

    assertThat(heard.next()).isEqualTo("lost: the listener has failed: as the test wants it");
    accept();
  }

  @Test
  void aPacketThatIsBegunAndNotSentLosesTheConnection() throws Exception {
    Socket connection = connect(settings());

    client
        .eventLoop()
        .execute(
            () -> {
              client.write(NEWS).i32(1).send();
              client.write(NEWS).i32(2);
            });

    assertThat(heard.next())
        .isEqualTo("lost: the listener has failed: a packet was begun and not sent");
    assertThat(connection.getInputStream().readAllBytes()).isEmpty();
  }

  // ---- the end ---------------------------------------------------------------------------------

  @Test
  void whatWasSentArrivesBeforeAClosedClientLeaves() throws Exception {
    Socket connection = connect(settings());
    CompletionStage<Integer> asked = ask(LONG);

    try (Packet packet = PacketBuilder.of(HEAP, NEWS).i32(9).build()) {
      client.send(packet);
    }
    client.close();

    assertThatThrownBy(() -> await(asked)).hasMessageContaining("the client is closed");
    readNumber(connection);
    assertThat(read(connection).skipBytes(2).readIntLE()).isEqualTo(9);
    assertThat(connection.getInputStream().read()).isEqualTo(-1);
    assertThat(heard.lines).isEmpty();
    assertThat(client.away()).contains("the client is closed");
  }

  @Test
  void aClosedClientDoesNotComeBack() throws Exception {
    server.close();
    client = packets.client(settings(), heard);
    client.close();
    loops.submit(() -> {}).sync();

    assertThatThrownBy(() -> await(ask(LONG))).hasMessageContaining("the client is closed");
    assertThat(heard.lines).isEmpty();
  }
}
