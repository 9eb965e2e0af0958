package slipway.server.core.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import slipway.message.MessageCodec;
import slipway.message.RequestReplyHandler;
import slipway.net.Intake.Choice;
import slipway.net.Passage;
import slipway.net.Stage;
import slipway.server.core.life.ActiveVersion;
import slipway.server.core.life.TestLeases;
import slipway.service.PipelineService;

/** TLS as a stage, with a JDK client that takes an end without close_notify for an error. */
@Timeout(120)
class TlsStageTest {

  private static final String PROTOCOL = "TLSv1.3";
  private static final Duration LONG = Duration.ofSeconds(100);

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final FakeLeases leases = new FakeLeases();
  private final Connections connections = new Connections(leases);
  private final BlockingQueue<Channel> channels = new LinkedBlockingQueue<>();
  private InetSocketAddress address;

  /** What a bundle with TLS would bring. */
  private record Tls(SslContext context) implements Stage {
    @Override
    public void enter(Passage passage) {
      SslHandler tls = context.newHandler(passage.channel().alloc());
      Runnable ready = passage.delay();
      tls.handshakeFuture()
          .addListener(
              done -> {
                if (done.isSuccess()) {
                  passage.peer(passage.peer().over(tls.engine().getSession()));
                  ready.run();
                }
              });
      passage.add("tls", tls);
      passage.add("tls-end", new End());
      passage.lastWords(tls::closeOutbound);
    }
  }

  private static final class End extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      context.fireUserEventTriggered(
          event instanceof SslCloseCompletionEvent ? ChannelInputShutdownEvent.INSTANCE : event);
    }
  }

  private static PipelineService lines(String name) {
    return (connection, handed, handlers) ->
        handlers
            .add("codec", () -> new MessageCodec(connection, handed, 100))
            .add(
                "replies",
                () -> new RequestReplyHandler(connection, line -> Optional.of(name + ":" + line)));
  }

  @BeforeEach
  void listen() throws Exception {
    Stage tls = new Tls(TestTls.server(PROTOCOL));
    Channel listening =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.dispatch(
                        channel,
                        new TestIntake("main", Choice.CLIENT, "", LONG, LONG, List.of(tls)));
                    channels.add(channel);
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    address = (InetSocketAddress) listening.localAddress();
  }

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 5, SECONDS).syncUninterruptibly();
    assertThat(leases.open()).isZero();
  }

  private SSLSocket connect() throws Exception {
    JdkSslContext trusting = (JdkSslContext) TestTls.client(PROTOCOL);
    return (SSLSocket)
        trusting.context().getSocketFactory().createSocket(address.getAddress(), address.getPort());
  }

  private static void say(SSLSocket client, String text) throws Exception {
    client.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static String line(SSLSocket client) throws Exception {
    StringBuilder line = new StringBuilder();
    for (int next = client.getInputStream().read(); next >= 0 && next != '\n'; ) {
      line.append((char) next);
      next = client.getInputStream().read();
    }
    return line.toString();
  }

  private static String rest(SSLSocket client) throws Exception {
    return new String(client.getInputStream().readAllBytes(), US_ASCII);
  }

  @Test
  void aRefusedClientReadsWhyAndAProperEnd() throws Exception {
    try (SSLSocket client = connect()) {
      say(client, "nobody\n");
      assertThat(rest(client)).isEqualTo("ERR unknown service: nobody\n");
    }
  }

  @Test
  void aClientIsServedThenHandedOverThenFinished() throws Exception {
    leases.with("lines", lines("one"));
    try (SSLSocket client = connect()) {
      say(client, "lines\na\n");
      assertThat(line(client) + " " + line(client)).isEqualTo("lines one:a");
      HostedConnection connection = HostedConnection.of(channels.take());
      assertThat(connection.peer().tls().orElseThrow().getProtocol()).isEqualTo(PROTOCOL);
      ActiveVersion from = connection.lease().version();
      TestLeases.succeed(from, TestLeases.version("lines", "2.0.0", lines("two"), () -> {}));
      leases.handOver.begin(from, LONG).toCompletableFuture().get(50, SECONDS);
      say(client, "b\n");
      assertThat(line(client)).isEqualTo("two:b");
      connection.finish();
      assertThat(rest(client)).isEmpty();
    }
  }

  @Test
  void aClientThatEndsItsOutputIsAnsweredToTheEnd() throws Exception {
    leases.with("lines", lines("one"));
    try (SSLSocket client = connect()) {
      say(client, "lines\na\n");
      client.shutdownOutput();
      assertThat(rest(client)).isEqualTo("lines\none:a\n");
    }
  }
}
