package slipway.server.core.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.message.MessageCodec;
import slipway.message.RequestReplyHandler;
import slipway.net.Passage;
import slipway.net.Stage;
import slipway.server.core.pipeline.ServiceHandlers;
import slipway.service.Connection;
import slipway.service.GoingAway;
import slipway.service.PipelineService;
import slipway.service.Service;

class StageTest {

  private static final byte KEY = 0x55;

  /** Like TLS: transforms what comes and goes, and says something itself before a close. */
  private static final class Cipher extends ChannelDuplexHandler {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      byte[] plain = xor(ByteBufUtil.getBytes(bytes));
      bytes.release();
      if (plain.length == 1 && plain[0] == 0) { // the client's close_notify
        context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
      } else {
        context.fireChannelRead(Unpooled.wrappedBuffer(plain));
      }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      ByteBuf bytes = (ByteBuf) message;
      byte[] secret = xor(ByteBufUtil.getBytes(bytes));
      bytes.release();
      context.write(Unpooled.wrappedBuffer(secret), promise);
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
      context.writeAndFlush(Unpooled.wrappedBuffer(xor("<bye>".getBytes(ISO_8859_1))));
      context.close(promise);
    }
  }

  /** Like the PROXY protocol: the first line tells something, and then goes itself. */
  private static final class Knock extends ByteToMessageDecoder {
    private final Passage passage;
    private final Runnable ready;

    Knock(Passage passage) {
      this.passage = passage;
      this.ready = passage.delay();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
      if (end < 0) {
        return;
      }
      String line = in.readString(end - in.readerIndex(), ISO_8859_1);
      in.skipBytes(1);
      if (line.equals("knock")) {
        passage.peer(passage.peer().at(new InetSocketAddress("192.0.2.7", 4711)));
        context.pipeline().remove(this);
        ready.run();
        ready.run();
      } else {
        passage.refuse("knock first");
        context.pipeline().remove(this);
      }
    }
  }

  private static final Stage CIPHER = passage -> passage.add("cipher", new Cipher());
  private static final Stage KNOCK = passage -> passage.add("knock", new Knock(passage));

  private final List<String> seen = new ArrayList<>();
  private MovedClient client;

  private static byte[] xor(byte[] bytes) {
    byte[] other = bytes.clone();
    for (int index = 0; index < other.length; index++) {
      other[index] ^= KEY;
    }
    return other;
  }

  /** Answers lines with its name and the line; says when it is told that the channel is active. */
  private PipelineService lines(String name) {
    return (connection, handed, handlers) ->
        handlers
            .add("codec", () -> new MessageCodec(connection, handed, 100))
            .add("watch", () -> new Watch(name))
            .add("replies", () -> replies(name, connection));
  }

  private static ChannelHandler replies(String name, Connection connection) {
    return new RequestReplyHandler(connection, line -> Optional.of(name + ":" + line));
  }

  private final class Watch extends ChannelInboundHandlerAdapter {
    private final String name;

    Watch(String name) {
      this.name = name;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      seen.add(name + " active");
      context.fireChannelActive();
    }
  }

  private void connect(Service service, Stage... stages) {
    client = new MovedClient(service, List.of(stages));
  }

  private String says(String text) {
    client.send(xor(text.getBytes(ISO_8859_1)));
    return heard();
  }

  private String heard() {
    return new String(xor(client.received().getBytes(ISO_8859_1)), ISO_8859_1);
  }

  private Connection connection() {
    return HostedConnection.of(client.channel());
  }

  @AfterEach
  void end() {
    client.close();
  }

  @Test
  void theServiceComesWhenTheStagesAreReady() {
    connect(lines("one"), CIPHER, KNOCK);
    assertThat(client.version()).as("not looked for yet").isEmpty();
    assertThat(says("kno")).isEmpty();
    assertThat(seen).isEmpty();
    assertThat(client.channel().config().isAutoRead()).as("or nobody could knock").isTrue();
    assertThat(says("ck\na\nb")).isEqualTo("one:a\n");
    assertThat(seen).containsExactly("one active");
    assertThat(says("\n")).isEqualTo("one:b\n");
  }

  @Test
  void theStageTellsWhoTheClientIs() {
    connect(lines("one"), CIPHER, KNOCK);
    assertThat(connection().remoteAddress()).isEqualTo(client.channel().remoteAddress());
    says("knock\n");
    InetSocketAddress real = new InetSocketAddress("192.0.2.7", 4711);
    assertThat(connection().remoteAddress()).isEqualTo(real);
    assertThat(connection().peer().socket()).isEqualTo(client.channel().remoteAddress());
    assertThat(connection().peer().tls()).isEmpty();
    var status = HostConnectionAdmin.status((HostedConnection) connection());
    assertThat(status.address() + ":" + status.port()).isEqualTo("192.0.2.7:4711");
  }

  @Test
  void stagesStayAsTheyAreWhenVersionsChange() {
    connect(lines("one"), CIPHER, KNOCK);
    says("knock\n");
    assertThat(says("a\nhal")).isEqualTo("one:a\n");
    ChannelHandler cipher = client.channel().pipeline().get("cipher");
    client.succeededBy("2.0.0", lines("two"));
    assertThat(client.move()).isCompleted();
    assertThat(says("f\nb\n")).isEqualTo("two:half\ntwo:b\n");
    assertThat(client.version()).isEqualTo("2.0.0");
    assertThat(client.channel().pipeline().first()).isSameAs(cipher);
    assertThat(ServiceHandlers.in(client.channel().pipeline()))
        .extracting(ChannelHandlerContext::name)
        .containsExactly("codec", "watch", "replies");
  }

  @Test
  void finishWritesBehindTheStagesAndEndsThroughThem() {
    connect(lines("one"), CIPHER);
    client.channel().write(Unpooled.copiedBuffer("last", ISO_8859_1));
    connection().finish();
    client.channel().runPendingTasks();
    assertThat(heard()).isEqualTo("last\n<bye>");
    assertThat(client.channel().isOpen()).isFalse();
  }

  @Test
  void theEndOfTheInputThatAStageKnowsOfEndsTheConnection() {
    connect(lines("one"), CIPHER);
    assertThat(says("a\n")).isEqualTo("one:a\n");
    assertThat(says("\0")).isEqualTo("<bye>");
    assertThat(client.channel().isOpen()).isFalse();
  }

  @Test
  void theLastWordPassesNoStageOnItsWayIn() {
    connect(lines("one"), CIPHER);
    client.channel().pipeline().addFirst("deaf", new Deaf());
    client.hears(new GoingAway(GoingAway.Reason.LOCKED, true, Optional.empty()));
    assertThat(client.channel().isOpen()).isFalse();
  }

  /** Lets no user event pass. */
  private static final class Deaf extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      assertThat(event).isNull();
    }
  }

  // ---- refused ---------------------------------------------------------------------------------

  @Test
  void aStageRefusesAClientThatIsToldWhy() {
    connect(lines("one"), CIPHER, KNOCK);
    assertThat(says("hello\n")).startsWith("ERR knock first\n");
    assertThat(client.version()).isEmpty();
    assertThat(client.after(Duration.ofSeconds(2)).channel().isOpen()).isFalse();
  }

  @Test
  void aStageThatIsNeverReadyIsWaitedForAsLongAsForAName() {
    connect(lines("one"), CIPHER, KNOCK);
    says("kno");
    client.after(Duration.ofMillis(4999));
    assertThat(client.channel().isOpen()).isTrue();
    client.after(Duration.ofMillis(1));
    assertThat(heard()).startsWith("ERR the connection was not set up within 5s\n");
    assertThat(client.version()).isEmpty();
  }

  @Test
  void aStageThatFailsClosesItsConnection() {
    connect(
        lines("one"),
        passage -> {
          throw new IllegalStateException("no certificate");
        });
    assertThat(client.channel().isOpen()).isFalse();
    assertThat(client.version()).isEmpty();
  }

  @Test
  void aStageThatIsReadyAtOnceDelaysNothing() {
    connect(lines("one"), passage -> passage.delay().run(), CIPHER);
    assertThat(says("a\n")).isEqualTo("one:a\n");
    EmbeddedChannel channel = client.channel();
    assertThat(channel.isOpen()).isTrue();
  }
}
