package slipway.server.core.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.net.Intake.Choice;
import slipway.service.Delimiter;
import slipway.service.Service;

class DispatchTest {

  private static final Duration SOON = Duration.ofSeconds(5);

  private final List<String> seen = new ArrayList<>();
  private final List<EmbeddedChannel> channels = new ArrayList<>();
  private final FakeLeases leases = new FakeLeases().with("echo", this::echo);
  private final Connections connections = new Connections(leases);
  private final HostConnectionAdmin admin = new HostConnectionAdmin(connections);
  private Choice choice = Choice.CLIENT;
  private String service = "";

  private void echo(slipway.service.Connection connection) {
    connection.channel().pipeline().addLast(new Echo());
  }

  private final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      seen.add("active");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      seen.add("inactive");
    }
  }

  @AfterEach
  void release() {
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  private EmbeddedChannel connect() {
    EmbeddedChannel channel = new EmbeddedChannel();
    channels.add(channel);
    channel.freezeTime();
    connections.dispatch(
        channel, new TestIntake("main", choice, service, SOON, Duration.ofSeconds(60)));
    channel.pipeline().fireChannelActive();
    return channel;
  }

  private static void send(EmbeddedChannel channel, String text) {
    channel.writeInbound(bytes(text));
    channel.runPendingTasks();
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, US_ASCII);
  }

  private static String received(EmbeddedChannel channel) {
    StringBuilder text = new StringBuilder();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      text.append(next.toString(US_ASCII));
      next.release();
    }
    return text.toString();
  }

  // ---- the client chooses ----------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\n", "\r\n"})
  void repliesWithTheNameAndItsTerminator(String end) {
    EmbeddedChannel client = connect();
    send(client, "echo" + end);
    assertThat(received(client)).isEqualTo("echo" + end);
    assertThat(seen).containsExactly("active");
    send(client, "hello");
    assertThat(received(client)).isEqualTo("hello");
  }

  @ParameterizedTest
  @CsvSource({"NUL", "LF", "CRLF"})
  void theServiceLearnsTheDelimiter(Delimiter delimiter) {
    List<Delimiter> told = new ArrayList<>();
    leases.with("spy", connection -> told.add(connection.delimiter().orElseThrow()));
    send(connect(), "spy" + delimiter.text());
    assertThat(told).containsExactly(delimiter);
  }

  @Test
  void bytesBehindTheNameInTheSamePacketBelongToTheService() {
    EmbeddedChannel client = connect();
    send(client, "echo\0hello\0");
    assertThat(received(client)).isEqualTo("echo\0hello\0");
  }

  @Test
  void aServiceThatHasAsManyConnectionsAsItMayIsFullUntilOneOfThemEnds() throws Exception {
    leases.quota("echo").take(); // one of another acceptor
    leases.limit("echo", 2);
    EmbeddedChannel client = connect();
    send(client, "echo\n");
    assertThat(received(client)).isEqualTo("echo\n");
    EmbeddedChannel refused = connect();
    send(refused, "echo\n");
    assertThat(received(refused)).isEqualTo("ERR echo is full\n");
    refused.close();
    refused.runPendingTasks();
    client.close();
    client.runPendingTasks();
    EmbeddedChannel next = connect();
    send(next, "echo\n");
    assertThat(received(next)).isEqualTo("echo\n");
  }

  @Test
  void aRefusedClientHasNoPlace() {
    leases.limit("moon", 1);
    EmbeddedChannel refused = connect();
    send(refused, "moon\n");
    assertThat(received(refused)).isEqualTo("ERR unknown service: moon\n");
    refused.close();
    refused.runPendingTasks();
    assertThat(leases.quota("moon").take()).isTrue();
  }

  @Test
  void anyCutOfTheBytesGivesTheSame() {
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      EmbeddedChannel client = connect();
      String text = "echo\r\none\r\ntwo\r\n";
      while (!text.isEmpty()) {
        int cut = 1 + random.nextInt(text.length());
        send(client, text.substring(0, cut));
        text = text.substring(cut);
      }
      assertThat(received(client)).isEqualTo("echo\r\none\r\ntwo\r\n");
      client.close();
    }
    assertThat(leases.open()).isZero();
  }

  @Test
  void anUnknownServiceIsRefusedWithItsName() {
    EmbeddedChannel client = connect();
    send(client, "nothing\n");
    assertThat(received(client)).isEqualTo("ERR unknown service: nothing\n");
    assertThat(client.isOpen()).isFalse();
    assertThat(admin.connections()).isEmpty();
  }

  @Test
  void aRefusalEndsAsTheClientsMessagesDo() {
    EmbeddedChannel client = connect();
    send(client, "nothing\0");
    assertThat(received(client)).isEqualTo("ERR unknown service: nothing\0");
  }

  @Test
  void aNameOf64BytesIsRead() {
    EmbeddedChannel client = connect();
    send(client, "n".repeat(64));
    assertThat(received(client)).isEmpty();
    send(client, "\r\n");
    assertThat(received(client)).startsWith("ERR unknown service: nnn");
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 66, 1000})
  void aLongerOneIsRefusedWithoutWaitingForItsEnd(int length) {
    EmbeddedChannel client = connect();
    send(client, "n".repeat(length) + "\n");
    assertThat(received(client)).isEqualTo("ERR the name of a service has at most 64 bytes\n");
    assertThat(client.isOpen()).isFalse();
  }

  @Test
  void whoNamesNoServiceInTimeIsTold() {
    EmbeddedChannel client = connect();
    send(client, "ech");
    client.advanceTimeBy(SOON.toMillis(), TimeUnit.MILLISECONDS);
    client.runScheduledPendingTasks();
    assertThat(received(client)).isEqualTo("ERR no service was named within 5s\n");
    assertThat(client.isOpen()).isFalse();
  }

  @Test
  void aClientThatEndsWithoutANameIsClosed() {
    EmbeddedChannel client = connect();
    client.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    assertThat(client.isOpen()).isFalse();
  }

  // ---- telnet ----------------------------------------------------------------------------------

  /** What PuTTY sends first: WILL NAWS, TSPEED, TTYPE, NEW-ENVIRON, DO ECHO, WILL SGA, DO SGA. */
  private static final String PUTTY =
      "\u00ff\u00fb\u001f\u00ff\u00fb\u0020\u00ff\u00fb\u0018\u00ff\u00fb\u0027"
          + "\u00ff\u00fd\u0001\u00ff\u00fb\u0003\u00ff\u00fd\u0003";

  /** DONT or WONT to each of them. */
  private static final String REFUSALS =
      "\u00ff\u00fe\u001f\u00ff\u00fe\u0020\u00ff\u00fe\u0018\u00ff\u00fe\u0027"
          + "\u00ff\u00fc\u0001\u00ff\u00fe\u0003\u00ff\u00fc\u0003";

  private static final String WINDOW = "\u00ff\u00fa\u001f\0P\0\u0018\u00ff\u00f0";

  private void sendCut(EmbeddedChannel client, String bytes, int length) {
    for (int at = 0; at < bytes.length() && client.isOpen(); at += length) {
      client.writeInbound(
          Unpooled.copiedBuffer(
              bytes.substring(at, Math.min(bytes.length(), at + length)), ISO_8859_1));
      client.runPendingTasks();
    }
  }

  private static String receivedBytes(EmbeddedChannel channel) {
    StringBuilder text = new StringBuilder();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      text.append(next.toString(ISO_8859_1));
      next.release();
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1000})
  void optionsBeforeTheNameAreRefusedAndLeftOut(int cut) {
    EmbeddedChannel client = connect();
    sendCut(client, PUTTY + "echo\r\nhello\r\n", cut);
    assertThat(receivedBytes(client)).isEqualTo(REFUSALS + "echo\r\nhello\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1000})
  void commandsWithinTheNameAreLeftOutAndThoseBehindItAreTheServices(int cut) {
    EmbeddedChannel client = connect();
    String behind = "\u00ff\u00fd\u0006" + WINDOW + "x";
    sendCut(client, WINDOW + "ec\u00ff\u00f1h" + WINDOW + "\u00ff\u00fe\u0001o\n" + behind, cut);
    assertThat(receivedBytes(client)).isEqualTo("echo\n" + behind);
  }

  @Test
  void aByte255ThatBeginsNoCommandTakesNoByteAlong() {
    EmbeddedChannel client = connect();
    sendCut(client, "ech\u00ffo\u00ff\nhello", 1000);
    assertThat(receivedBytes(client)).isEqualTo("echo\nhello");
  }

  @ParameterizedTest
  @CsvSource({"'\r\0', hello", "'\r', hello"})
  void carriageReturnAndNulEndANameAsTelnetSendsThem(String end, String rest) {
    EmbeddedChannel client = connect();
    sendCut(client, "echo" + end + rest, 1);
    assertThat(receivedBytes(client)).isEqualTo("echo\r\nhello");
  }

  @Test
  void optionsWithoutEndAreRefused() {
    EmbeddedChannel client = connect();
    sendCut(client, "\u00ff\u00fa\u001f" + "x".repeat(2000), 100);
    assertThat(receivedBytes(client))
        .isEqualTo("ERR more than 512 bytes of telnet options were sent before a service's name\n");
    assertThat(client.isOpen()).isFalse();
  }

  // ---- other protocols -------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "'GET /echo\r\n',                   HTTP is not spoken here",
    "'POST / HTTP/1.1\r\nHost: a\r\n', HTTP is not spoken here",
    "'OPTIONS * HTTP/1.1\r\n',          HTTP is not spoken here",
    "'PRI * HTTP/2.0\r\n\r\nSM',       HTTP is not spoken here",
    "'PROPFIND /echo HTTP/1.1\n',       HTTP is not spoken here",
    "'chicken echo HTTP/1.1\n',         HTTP is not spoken here",
    "'GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', HTTP is not"
        + " spoken here",
    "'\u0016\u0003\u0001\u0002\0\u0001', TLS is not spoken here",
    "'\u0016\u0003',                    TLS is not spoken here",
    "'SSH-2.0-OpenSSH_9.6\r\n',         SSH is not spoken here",
    "'PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n', the PROXY protocol is not spoken here",
    "'\u0010\u0001echo\n',              the name of a service has no control characters",
    "'\u0016\n',                        the name of a service has no control characters",
    "'e\u007fcho\n',                    the name of a service has no control characters",
  })
  void aFirstLineOfAnotherProtocolIsServedByNobody(String sent, String reason) {
    leases.with("1.1", this::echo);
    for (Choice each : new Choice[] {Choice.CLIENT, Choice.OVERRIDE}) {
      choice = each;
      service = "echo";
      for (int cut : new int[] {1, 1000}) {
        EmbeddedChannel client = connect();
        sendCut(client, sent, cut);
        assertThat(receivedBytes(client)).startsWith("ERR " + reason);
        assertThat(client.isOpen()).isFalse();
      }
    }
    assertThat(seen).isEmpty();
  }

  // ---- services that are not there yet ---------------------------------------------------------

  @Test
  void whatArrivesWhileTheServiceStartsIsKeptInOrder() {
    leases.starting("rand");
    EmbeddedChannel client = connect();
    send(client, "rand\none\n");
    assertThat(client.config().isAutoRead()).isFalse();
    send(client, "two\n");
    client.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    assertThat(received(client)).isEmpty();
    leases.started("rand", this::echo);
    client.runPendingTasks();
    assertThat(received(client)).isEqualTo("rand\none\ntwo\n");
    assertThat(client.isOpen()).as("closed, as the client's input had ended").isFalse();
    assertThat(leases.open()).isZero();
  }

  @Test
  void aServiceThatTakesTooLongIsNotWaitedFor() {
    leases.starting("rand");
    EmbeddedChannel client = connect();
    send(client, "rand\n");
    client.advanceTimeBy(SOON.toMillis(), TimeUnit.MILLISECONDS);
    client.runScheduledPendingTasks();
    assertThat(received(client)).isEqualTo("ERR the service did not start within 5s\n");
    leases.started("rand", this::echo);
    assertThat(leases.open()).as("the lease that came too late is given back").isZero();
  }

  @Test
  void aClientThatLeavesWhileTheServiceStartsCostsNoLease() {
    leases.starting("rand");
    EmbeddedChannel client = connect();
    send(client, "rand\nbytes");
    client.close();
    leases.started("rand", this::echo);
    client.runPendingTasks();
    assertThat(leases.open()).isZero();
    assertThat(seen).isEmpty();
  }

  // ---- the acceptor chooses --------------------------------------------------------------------

  @Test
  void aFixedServiceGetsTheFirstByte() {
    choice = Choice.FIXED;
    service = "echo";
    EmbeddedChannel client = connect();
    assertThat(seen).containsExactly("active");
    send(client, "echo\n");
    assertThat(received(client)).isEqualTo("echo\n");
  }

  @Test
  void anOverridingAcceptorReadsTheNameAndGivesItsOwnService() {
    choice = Choice.OVERRIDE;
    service = "echo";
    EmbeddedChannel client = connect();
    send(client, "time\nhello\n");
    assertThat(received(client)).isEqualTo("echo\nhello\n");
  }

  // ---- hostile services ------------------------------------------------------------------------

  @Test
  void aServiceThatThrowsInAttachIsToldToTheClient() {
    leases.with(
        "bad",
        connection -> {
          connection.channel().writeAndFlush(bytes("greeting"));
          throw new IllegalStateException("no");
        });
    EmbeddedChannel client = connect();
    send(client, "bad\n");
    assertThat(received(client)).isEqualTo("ERR bad failed\n");
    assertThat(client.isOpen()).isFalse();
    assertThat(leases.open()).isZero();
  }

  @Test
  void whatAServiceWritesWhileItIsAttachedFollowsTheReply() {
    leases.with("hello", connection -> connection.channel().writeAndFlush(bytes("welcome\n")));
    EmbeddedChannel client = connect();
    send(client, "hello\n");
    assertThat(received(client)).isEqualTo("hello\nwelcome\n");
  }

  @Test
  void anExceptionInAHandlerClosesThisConnectionAlone() {
    Service bad =
        connection ->
            connection
                .channel()
                .pipeline()
                .addLast(
                    new ChannelInboundHandlerAdapter() {
                      @Override
                      public void channelRead(ChannelHandlerContext context, Object message) {
                        ReferenceCountUtil.release(message);
                        throw new IllegalStateException("no");
                      }
                    });
    leases.with("bad", bad);
    EmbeddedChannel good = connect();
    EmbeddedChannel client = connect();
    send(good, "echo\n");
    send(client, "bad\nbytes");
    client.checkException();
    assertThat(client.isOpen()).isFalse();
    assertThat(good.isOpen()).isTrue();
    assertThat(leases.open()).isEqualTo(1);
  }

  @Test
  void aHandlerThatIsAddedLaterStillHasTheTailBehindIt() {
    leases.with(
        "upgrade",
        connection ->
            connection
                .channel()
                .pipeline()
                .addLast(
                    new ChannelInboundHandlerAdapter() {
                      @Override
                      public void channelRead(ChannelHandlerContext context, Object message) {
                        context.pipeline().addLast(new Failing()).remove(this);
                        ReferenceCountUtil.release(message);
                      }
                    }));
    EmbeddedChannel client = connect();
    send(client, "upgrade\nnow");
    client.checkException();
    assertThat(client.isOpen()).isFalse();
  }

  private static final class Failing extends ChannelInboundHandlerAdapter {
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      throw new IllegalStateException("no");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
    }
  }

  @Test
  void aServiceThatTurnsReadingOffIsLeftAlone() {
    leases.with("manual", connection -> connection.channel().config().setAutoRead(false));
    EmbeddedChannel client = connect();
    send(client, "manual\n");
    assertThat(client.config().isAutoRead()).isFalse();
  }

  // ---- the list --------------------------------------------------------------------------------

  @Test
  void connectionsAreListedWithTheirBytesUntilTheyEnd() throws Exception {
    EmbeddedChannel client = connect();
    assertThat(admin.connections().get(0).service()).isEmpty();
    send(client, "echo\nhello\n");
    var status = admin.connections().get(0);
    assertThat(status.service()).isEqualTo("echo");
    assertThat(status.acceptor()).isEqualTo("main");
    assertThat(status.version()).isEqualTo("1.0.0");
    assertThat(status.bytesIn()).isEqualTo(11);
    assertThat(status.bytesOut()).isEqualTo(11);
    assertThat(admin.close(status.id())).isTrue();
    client.runPendingTasks();
    assertThat(admin.connections()).isEmpty();
    assertThat(admin.close(status.id())).isFalse();
    assertThat(seen).containsExactly("active", "inactive");
  }
}
