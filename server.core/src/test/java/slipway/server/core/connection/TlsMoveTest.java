package slipway.server.core.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import slipway.message.MessageCodec;
import slipway.message.RequestReplyHandler;
import slipway.server.core.pipeline.Boundaries;
import slipway.server.core.pipeline.Exchange;
import slipway.server.core.pipeline.ServiceHandlers;
import slipway.service.Connection;
import slipway.service.HandOff;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.service.Service;

class TlsMoveTest {

  private static final String PROTOCOL = "TLSv1.3";

  private final SslContext tls;
  private final EmbeddedChannel client = new EmbeddedChannel();
  private MovedClient server;

  TlsMoveTest() throws Exception {
    tls = TestTls.server(PROTOCOL);
  }

  // ---- services --------------------------------------------------------------------------------

  private ChannelHandler tlsOf(Connection connection) {
    return tls.newHandler(connection.channel().alloc());
  }

  /** Answers lines with its name and the line. */
  private static PipelineService lines(String name) {
    return (connection, handed, handlers) ->
        handlers
            .keep("codec", () -> new MessageCodec(connection, handed, 100))
            .add(
                "replies",
                () -> new RequestReplyHandler(connection, line -> Optional.of(name + ":" + line)));
  }

  /** Likewise, on TLS that stays. */
  private PipelineService tlsLines(String name) {
    return (connection, handed, handlers) -> {
      handlers.keep("tls", () -> tlsOf(connection));
      lines(name).pipeline(connection, handed, handlers);
    };
  }

  /** Likewise, by a service that adds its handlers by itself, on TLS if it has any. */
  public static final class Free implements HandOff {
    private final String name;
    private final Optional<SslContext> tls;

    public Free(String name, SslContext tls) {
      this.name = name;
      this.tls = Optional.of(tls);
    }

    public Free(String name) {
      this.name = name;
      this.tls = Optional.empty();
    }

    @Override
    public CompletionStage<Map<String, Object>> giveUp(Connection connection) {
      return CompletableFuture.completedFuture(
          connection.channel().pipeline().get(MessageCodec.class).state());
    }

    @Override
    public void takeUp(Connection connection, Map<String, Object> state) {
      ChannelPipeline pipeline = connection.channel().pipeline();
      tls.ifPresent(known -> pipeline.addLast(known.newHandler(connection.channel().alloc())));
      pipeline.addLast(
          new MessageCodec(connection, state, 100),
          new RequestReplyHandler(connection, line -> Optional.of(name + ":" + line)));
    }
  }

  private Service free(String name, boolean onTls) throws Exception {
    return onTls
        ? VersionLoader.version(Free.class, name, tls)
        : VersionLoader.version(Free.class, name);
  }

  // ---- the client ------------------------------------------------------------------------------

  private void connect(Service first, boolean speaksTls) throws Exception {
    server = new MovedClient(first);
    client.freezeTime();
    if (speaksTls) {
      client.pipeline().addLast(TestTls.client(PROTOCOL).newHandler(client.alloc()));
    }
    exchange();
  }

  /** Both sides hear all that the other has said. */
  private void exchange() {
    boolean any = true;
    while (any) {
      any = false;
      for (ByteBuf out = client.readOutbound(); out != null; out = client.readOutbound()) {
        server.send(ByteBufUtil.getBytes(out));
        out.release();
        any = true;
      }
      byte[] back = server.received().getBytes(ISO_8859_1);
      if (back.length > 0) {
        client.writeInbound(Unpooled.wrappedBuffer(back));
        any = true;
      }
    }
  }

  private String asks(String text) {
    client.writeOutbound(Unpooled.copiedBuffer(text, ISO_8859_1));
    exchange();
    StringBuilder heard = new StringBuilder();
    for (ByteBuf next = client.readInbound(); next != null; next = client.readInbound()) {
      heard.append(next.toString(ISO_8859_1));
      next.release();
    }
    return heard.toString();
  }

  private void end() {
    client.finishAndReleaseAll();
    server.close();
  }

  // ---- TLS cannot go ---------------------------------------------------------------------------

  @Test
  void aVersionThatDescribesNoTlsLeavesTheConnectionWithTheOneThatDoes() throws Exception {
    connect(tlsLines("one"), true);
    server.succeededBy("2.0.0", lines("two"));
    assertThat(server.move()).isCompleted();
    assertThat(server.version()).isEqualTo("1.0.0");
    assertThat(server.received()).as("nothing leaves in plain text").isEmpty();
    assertThat(Boundaries.bar(ServiceHandlers.in(server.channel().pipeline())))
        .isEqualTo("tls is TLS and would have to go");
    assertThat(server.channel().pipeline().names())
        .as("nothing is waited for that cannot be")
        .doesNotContain("slipway-gate");
    assertThat(asks("a\n")).isEqualTo("one:a\n");
    assertThat(server.openLeases()).isEqualTo(1);
    end();
  }

  @Test
  void aLaterVersionThatKeepsTlsGetsIt() throws Exception {
    connect(tlsLines("one"), true);
    server.succeededBy("2.0.0", lines("two"));
    server.move();
    server.after(Move.PAUSE);
    assertThat(server.version()).isEqualTo("1.0.0");
    server.succeededBy("3.0.0", tlsLines("three"));
    server.after(Move.PAUSE.multipliedBy(2));
    assertThat(server.version()).isEqualTo("3.0.0");
    assertThat(asks("a\n")).isEqualTo("three:a\n");
    end();
  }

  @Test
  void theSameHoldsForServicesThatAddTheirHandlersByThemselves() throws Exception {
    connect(free("one", true), true);
    assertThat(asks("a\nha")).isEqualTo("one:a\n");
    server.succeededBy("2.0.0", free("two", true)).move();
    assertThat(asks("lf\n")).isEqualTo("two:half\n");
    server.succeededBy("3.0.0", free("three", false)).move();
    assertThat(server.version()).isEqualTo("2.0.0");
    assertThat(asks("b\n")).isEqualTo("two:b\n");
    end();
  }

  // ---- TLS cannot come -------------------------------------------------------------------------

  @Test
  void aConnectionThatHasBegunWithoutTlsIsNotGivenAny() throws Exception {
    for (Service onTls : List.of(tlsLines("two"), free("two", true))) {
      for (Service plain : List.of(lines("one"), free("one", false))) {
        server = new MovedClient(plain);
        server.send("ha");
        server.succeededBy("2.0.0", onTls).move();
        server.send("lf\n");
        assertThat(server.version()).isEqualTo("1.0.0");
        assertThat(server.received()).isEqualTo("one:half\n");
        server.close();
      }
    }
  }

  @Test
  void theReasonNamesTheHandler() {
    EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    Exchange exchange = new Exchange(channel.pipeline(), List.of());
    exchange.takeOut();
    assertThatThrownBy(
            () ->
                exchange.put(
                    new Handlers().keep("tls", () -> tls.newHandler(channel.alloc())).list(),
                    List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("tls is TLS, and this connection has begun without it");
    channel.finishAndReleaseAll();
  }
}
